package dev.parley.bench.client;

import com.fasterxml.jackson.databind.JsonNode;

/// The answer to a frame.
public sealed interface Reply {

  /// @param body the object in `ok`
  record Done(JsonNode body) implements Reply {

    public long seq() {
      return body.path("seq").asLong();
    }

    public boolean duplicate() {
      return body.path("duplicate").asBoolean();
    }
  }

  /// @param code the name on the wire
  record Refused(String code, boolean temporary, long retryAfterMillis, String detail)
      implements Reply {}

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
