/// From the log to Redis: tails of conversations, and a push on the channels that wait for it.
@NullMarked
package dev.parley.projection.delivery;

import org.jspecify.annotations.NullMarked;
