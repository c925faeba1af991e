/// What projection-service answers to an edge: inbox snapshots, and events that Redis no longer
/// holds.
@NullMarked
package dev.parley.edge.history;

import org.jspecify.annotations.NullMarked;
