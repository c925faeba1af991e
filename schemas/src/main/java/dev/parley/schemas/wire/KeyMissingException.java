package dev.parley.schemas.wire;

import java.util.UUID;

/// The content key of an author has not arrived on this node yet. People travel in their own topic:
/// wait and read again.
public final class KeyMissingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final UUID user;

  public KeyMissingException(UUID user) {
    super("The content key of " + user + " has not arrived here yet");
    this.user = user;
  }

  /// Whose key is missing.
  public UUID user() {
    return user;
  }
}
