package dev.parley.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// An answer of the REST API.
///
/// @param position the value of `Parley-Position`
public record Answer(int status, JsonNode body, Optional<String> position) {

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /// The code of a problem document; empty for any other answer.
  public String code() {
    return body.path("code").asText();
  }

  /// This answer.
  ///
  /// @throws IllegalStateException if it is a refusal
  public Answer expectOk() {
    if (!ok()) {
      throw new IllegalStateException("Expected success, but got " + status + " " + body);
    }
    return this;
  }
}
