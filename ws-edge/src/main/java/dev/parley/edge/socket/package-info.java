/// The WebSocket itself: reads on demand, writes as the peer takes them.
@NullMarked
package dev.parley.edge.socket;

import org.jspecify.annotations.NullMarked;
