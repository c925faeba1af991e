/// What the processes of a stack cost while it is measured: processor time and memory.
@NullMarked
package dev.parley.bench.cost;

import org.jspecify.annotations.NullMarked;
