/// The rows that are measured.
@NullMarked
package dev.parley.bench.load;

import org.jspecify.annotations.NullMarked;
