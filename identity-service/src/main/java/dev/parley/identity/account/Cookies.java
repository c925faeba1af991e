package dev.parley.identity.account;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.signing.AccessTokens.AccessToken;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The two cookies of a browser: no script reads them, and no other site makes a browser send them.
///
/// `parley_refresh` goes to this service alone; `parley_access` to the edges' handshake alone.
@ApplicationScoped
public class Cookies {

  static final String REFRESH = "parley_refresh";
  static final String ACCESS = "parley_access";

  private static final String REFRESH_PATH = "/api/auth";
  private static final String ACCESS_PATH = "/ws";

  private final boolean secure;
  private final Duration refreshLife;
  private final Duration accessLife;

  Cookies(IdentityConfig config) {
    this.secure = config.identity().cookies().secure();
    this.refreshLife = config.identity().tokens().refreshLife();
    this.accessLife = config.identity().tokens().accessLife();
  }

  /// Values of `Set-Cookie`.
  List<String> of(AccessToken access, String refreshToken) {
    return List.of(
        cookie(REFRESH, refreshToken, REFRESH_PATH, refreshLife),
        cookie(ACCESS, access.value(), ACCESS_PATH, accessLife));
  }

  /// Values of `Set-Cookie` that take both away.
  public List<String> gone() {
    return List.of(
        cookie(REFRESH, "", REFRESH_PATH, Duration.ZERO),
        cookie(ACCESS, "", ACCESS_PATH, Duration.ZERO));
  }

  /// The refresh token that the browser sent along, or null.
  static @Nullable String refreshToken(HttpServerRequest request) {
    Cookie cookie = request.getCookie(REFRESH);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }

  /// The values need no quotes: base64url and dots.
  private String cookie(String name, String value, String path, Duration life) {
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; Max-Age="
        + life.toSeconds()
        + "; HttpOnly"
        + (secure ? "; Secure" : "")
        + "; SameSite=Strict";
  }
}
