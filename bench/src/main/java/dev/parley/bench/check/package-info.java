/// Holds what clients were told against the committed log, the views, the index and each other.
@NullMarked
package dev.parley.bench.check;

import org.jspecify.annotations.NullMarked;
