package dev.parley.identity.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The body of a request that may have none, and then any content type: a cookie or an access token
/// says who is asking.
///
/// @param cookie whether the next token is wanted as a cookie
record ShownToken(@JsonProperty("refresh_token") @Nullable String refreshToken, boolean cookie) {

  private static final ShownToken NONE = new ShownToken(null, false);

  /// @throws IOException if there is something that is no such JSON object
  static ShownToken read(byte @Nullable [] body, ObjectMapper json) throws IOException {
    return body == null || body.length == 0
        ? NONE
        : Objects.requireNonNullElse(json.readValue(body, ShownToken.class), NONE);
  }

  @Override
  public String toString() {
    return "ShownToken[hidden]";
  }
}
