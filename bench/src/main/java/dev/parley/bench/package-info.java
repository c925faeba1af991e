/// The load driver and the checker.
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
