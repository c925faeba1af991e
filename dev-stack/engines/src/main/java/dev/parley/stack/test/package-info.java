/// Engines for tests: one of each per test JVM, started when first asked for.
@NullMarked
package dev.parley.stack.test;

import org.jspecify.annotations.NullMarked;
