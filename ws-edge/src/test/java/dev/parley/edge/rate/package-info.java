@NullMarked
package dev.parley.edge.rate;

import org.jspecify.annotations.NullMarked;
