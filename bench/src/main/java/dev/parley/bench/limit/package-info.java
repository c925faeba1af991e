/// What raw tools reach on the same machine: the limits that figures are held against.
@NullMarked
package dev.parley.bench.limit;

import org.jspecify.annotations.NullMarked;
