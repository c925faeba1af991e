/// From the log into the index: one loop for each version that is kept up.
@NullMarked
package dev.parley.search.indexing;

import org.jspecify.annotations.NullMarked;
