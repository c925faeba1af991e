/// Timers become commands: the decider has no clock. What waits for its time is kept in a table
/// that follows from the log; a command that is sent twice is decided once.
@NullMarked
package dev.parley.projection.timers;

import org.jspecify.annotations.NullMarked;
