/// A log in memory, to test projections without a broker.
@NullMarked
package dev.parley.log.testkit;

import org.jspecify.annotations.NullMarked;
