/// What must hold between the history, the log, the views and the index: pure functions.
@NullMarked
package dev.parley.bench.check.rules;

import org.jspecify.annotations.NullMarked;
