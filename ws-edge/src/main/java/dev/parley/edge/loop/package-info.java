/// One thread that owns state: tasks and timers on it. No locks anywhere else in the hub and the
/// sessions.
@NullMarked
package dev.parley.edge.loop;

import org.jspecify.annotations.NullMarked;
