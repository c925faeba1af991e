/// The way of a command from a frame to the log, and of its outcome back to the session that waits.
@NullMarked
package dev.parley.edge.command;

import org.jspecify.annotations.NullMarked;
