/// What waits to be written to one socket: bounded in frames and bytes, filled from any thread.
@NullMarked
package dev.parley.edge.outbox;

import org.jspecify.annotations.NullMarked;
