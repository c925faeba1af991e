package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/// The answer to a frame.
public sealed interface Reply {

  /// The outbox holds as many unanswered requests as it may; nothing was sent.
  String OUTBOX_FULL = "outbox_full";

  /// The frame is longer than the server's `hello` allows; nothing was sent.
  String TOO_LARGE = "too_large";

  /// @param body the object in `ok`
  record Done(JsonNode body) implements Reply {

    /// The seq of a command's first event, 0 where the answer has none.
    public long seq() {
      return body.path("seq").asLong();
    }

    /// Whether this command had been decided before.
    public boolean duplicate() {
      return body.path("duplicate").asBoolean();
    }
  }

  /// @param code the name on the wire, or one of this class's own
  record Refused(String code, boolean temporary, long retryAfterMillis, String detail)
      implements Reply {

    /// The code as this version knows it; null for one of a newer server.
    public @Nullable ErrorCode known() {
      return ErrorCode.fromWire(code);
    }
  }

  static Reply of(JsonNode frame) {
    var error = frame.path("err");
    return error.isMissingNode()
        ? new Done(frame.path("ok"))
        : new Refused(
            error.path("code").asText(),
            error.path("temporary").asBoolean(),
            error.path("retry_after_ms").asLong(),
            error.path("detail").asText());
  }

  /// What was answered.
  ///
  /// @throws IllegalStateException if it was refused
  default Done expectDone() {
    return switch (this) {
      case Done done -> done;
      case Refused refused -> throw new IllegalStateException("Expected success, got " + refused);
    };
  }
}
