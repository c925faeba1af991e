/// Compares what clients were told with the committed log.
@NullMarked
package dev.parley.bench.check;

import org.jspecify.annotations.NullMarked;
