/// What clients did and saw, as their applications would have seen it.
@NullMarked
package dev.parley.bench.check.history;

import org.jspecify.annotations.NullMarked;
