package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/// An answer of the REST API.
///
/// @param position the value of `Parley-Position`
/// @param retryAfter the value of `Retry-After`
public record Answer(
    int status, JsonNode body, Optional<String> position, Optional<Duration> retryAfter) {

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /// The code of a problem document; empty for any other answer.
  public String code() {
    return body.path("code").asText();
  }

  /// This answer.
  ///
  /// @throws RefusedException if it is a refusal
  public Answer expectOk() {
    if (!ok()) {
      throw new RefusedException(this);
    }
    return this;
  }

  /// Success was expected.
  public static final class RefusedException extends IllegalStateException {
    private final transient Answer answer;

    RefusedException(Answer answer) {
      super("Expected success, but got " + answer.status() + " " + answer.body());
      this.answer = answer;
    }

    public Answer answer() {
      return answer;
    }
  }
}
