@NullMarked
package dev.parley.origins;

import org.jspecify.annotations.NullMarked;
