package dev.parley.edge.command;

import dev.parley.schemas.error.ErrorCode;
import java.util.UUID;

/// Who waits for the outcome of a command. Called once, from any thread; never blocks.
public interface Answer {

  /// @param duplicate whether the command had been decided before
  void accepted(UUID conversation, long seq, long atMillis, boolean duplicate);

  /// @param detail a sentence for a developer
  /// @param retryAfterMillis when the same may be accepted; 0: as the node says for all
  void refused(ErrorCode code, String detail, long retryAfterMillis);

  default void refused(ErrorCode code, String detail) {
    refused(code, detail, 0);
  }
}
