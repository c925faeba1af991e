package dev.parley.schemas.outcome;

import dev.parley.schemas.error.ErrorCode;

/// What became of a command that added no event.
public sealed interface Outcome {

  /// @param detail a sentence for a developer
  record Rejected(ErrorCode code, String detail) implements Outcome {}

  /// The command was decided before; this was its event.
  record Repeated(long seq, long ordinal, long atMillis) implements Outcome {}
}
