/// The machine, the figures and how they are printed.
@NullMarked
package dev.parley.bench.report;

import org.jspecify.annotations.NullMarked;
