/// Random people who do everything that a conversation allows, and some things that it does not.
@NullMarked
package dev.parley.bench.check.workload;

import org.jspecify.annotations.NullMarked;
