@NullMarked
package dev.parley.search.index;

import org.jspecify.annotations.NullMarked;
