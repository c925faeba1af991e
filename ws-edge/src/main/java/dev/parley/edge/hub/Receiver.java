package dev.parley.edge.hub;

import dev.parley.edge.outbox.Frame;
import java.util.UUID;

/// Who listens: one session, as the hub sees it. Safe from any thread.
public interface Receiver {

  /// Of the session.
  UUID id();

  /// Who it belongs to.
  UUID user();

  /// Whether nobody is signed in: the user's id is of this session only.
  default boolean isGuest() {
    return false;
  }

  /// Hands over a frame; never blocks. False: the session is over its bounds or gone, and closes
  /// itself.
  boolean offer(Frame frame);

  /// Whether a backlog may go on being written.
  boolean hasRoom();

  /// Runs `task` when there is room again; never if the session goes before.
  void whenRoom(Runnable task);
}
