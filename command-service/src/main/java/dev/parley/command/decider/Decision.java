package dev.parley.command.decider;

import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import java.util.List;

/// What becomes of a command.
public sealed interface Decision {

  /// At least one event, in order, all at the same time.
  record Accepted(List<EventData> events, long atMillis) implements Decision {

    public Accepted {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException(
            "Expected an accepted command to give events, but there are none");
      }
    }
  }

  /// @param retryAfterMillis when the same may be accepted; 0: not by waiting
  record Rejected(ErrorCode code, String detail, long retryAfterMillis) implements Decision {

    Rejected(ErrorCode code, String detail) {
      this(code, detail, 0);
    }
  }

  /// It was decided before, or what it asks for is so already; {@code first} is the event that made
  /// it so.
  record Repeated(Mark first) implements Decision {}

  /// What a stranger sees, whether or not the conversation exists.
  static Rejected absent() {
    return new Rejected(
        ErrorCode.NOT_FOUND, "There is no such conversation, or you are not a member of it.");
  }
}
