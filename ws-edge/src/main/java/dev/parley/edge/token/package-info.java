/// Access tokens.
@NullMarked
package dev.parley.edge.token;

import org.jspecify.annotations.NullMarked;
