package dev.parley.edge.session;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the upgrade request said.
///
/// @param token an access token, if it brought one
/// @param versionKnown whether it offered no subprotocol of ours, or the one that is spoken
public record Handshake(@Nullable String token, boolean versionKnown) {

  /// The subprotocol that is spoken.
  public static final String PROTOCOL = "parley.v1.json";

  private static final String BEARER_HEADER = "bearer ";
  private static final String BEARER_PROTOCOL = "bearer.";

  /// @param authorization the header of that name
  /// @param protocols the header `Sec-WebSocket-Protocol`
  public static Handshake of(@Nullable String authorization, @Nullable String protocols) {
    var offered =
        protocols == null
            ? List.<String>of()
            : Arrays.stream(protocols.split(",")).map(String::strip).toList();
    var spoken = offered.stream().filter(p -> !p.startsWith(BEARER_PROTOCOL)).toList();
    return new Handshake(
        token(authorization, offered), spoken.isEmpty() || spoken.contains(PROTOCOL));
  }

  private static @Nullable String token(@Nullable String authorization, List<String> offered) {
    if (authorization != null
        && authorization.regionMatches(true, 0, BEARER_HEADER, 0, BEARER_HEADER.length())) {
      return authorization.substring(BEARER_HEADER.length()).strip();
    }
    return offered.stream()
        .filter(p -> p.startsWith(BEARER_PROTOCOL))
        .map(p -> p.substring(BEARER_PROTOCOL.length()))
        .findFirst()
        .orElse(null);
  }

  /// Never the token.
  @Override
  public String toString() {
    return "Handshake[token=" + (token == null ? "none" : "given") + "]";
  }
}
