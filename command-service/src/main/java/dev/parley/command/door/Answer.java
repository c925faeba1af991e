package dev.parley.command.door;

import dev.parley.schemas.error.ErrorCode;
import java.util.UUID;

/// What a request is answered with.
sealed interface Answer {

  /// Decided: 201, or 200 if it was decided before.
  record Decided(UUID conversation, UUID id, long seq, long atMillis, boolean duplicate)
      implements Answer {}

  /// In the log, and nothing is decided: 204.
  record Kept() implements Answer {}

  /// In the log for certain, but its outcome has not arrived in time: 202.
  record Stored(UUID conversation, UUID id) implements Answer {}

  /// @param retryAfterMillis when the same may be accepted; 0: as the configuration says
  record Refused(ErrorCode code, String detail, long retryAfterMillis) implements Answer {

    Refused(ErrorCode code, String detail) {
      this(code, detail, 0);
    }
  }
}
