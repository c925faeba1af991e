package dev.parley.schemas.outcome;

import dev.parley.schemas.error.ErrorCode;

/// What became of a command that added no event.
public sealed interface Outcome {

  /// @param detail a sentence for a developer
  /// @param retryAfterMillis when the same may be accepted; 0: not by waiting
  record Rejected(ErrorCode code, String detail, long retryAfterMillis) implements Outcome {

    public Rejected(ErrorCode code, String detail) {
      this(code, detail, 0);
    }
  }

  /// The command was decided before; this was its event.
  record Repeated(long seq, long ordinal, long atMillis) implements Outcome {}
}
