@NullMarked
package dev.parley.bench.fault;

import org.jspecify.annotations.NullMarked;
