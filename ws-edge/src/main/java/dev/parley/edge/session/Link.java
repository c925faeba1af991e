package dev.parley.edge.session;

import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.wire.CloseCode;

/// The socket under a session. Safe from any thread; never blocks.
public interface Link {

  /// Queues a frame; false if the outbox is full or closed.
  boolean offer(Frame frame);

  /// Whether a backlog may go on being written.
  boolean hasRoom();

  /// Runs `task` when there is room again; never if the socket goes before.
  void whenRoom(Runnable task);

  /// Writes what the peer takes at once, and closes. The first code counts.
  void close(CloseCode code);

  /// Asks the peer's WebSocket, which answers by itself, for a sign of life.
  void ping();

  /// The session takes messages again, after [Session#wantsMore] said no.
  void readOn();
}
