/// From a run of events to the rows that they change. Pure: the same events give the same rows,
/// however they are cut into batches.
@NullMarked
package dev.parley.projection.fold;

import org.jspecify.annotations.NullMarked;
