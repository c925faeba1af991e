package dev.parley.identity.account;

import dev.parley.identity.problem.Problems;
import dev.parley.origins.Origins;
import dev.parley.schemas.error.ErrorCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The refresh token that a request shows: in its body, or else as a cookie.
///
/// A browser sends a cookie along whoever asks it to, so a cookie counts only for pages of our own
/// origins. What names no origin is no page of another one: browsers name it with every POST to
/// another origin.
sealed interface Shown {

  record Token(String value, boolean byCookie) implements Shown {
    @Override
    public String toString() {
      return "Token[hidden]";
    }
  }

  record Nothing() implements Shown {}

  /// A cookie, by a page that may not use it.
  record OtherOrigin() implements Shown {}

  static Shown by(@Nullable String inBody, HttpServerRequest request, Origins origins) {
    if (inBody != null) {
      return new Token(inBody, false);
    }
    String cookie = Cookies.refreshToken(request);
    if (cookie == null) {
      return new Nothing();
    }
    return mayUseCookies(request, origins) ? new Token(cookie, true) : new OtherOrigin();
  }

  /// Whether cookies may be read from this request, and set by its answer.
  static boolean mayUseCookies(HttpServerRequest request, Origins origins) {
    List<String> named = request.headers().getAll(HttpHeaders.ORIGIN);
    return named.isEmpty()
        || (named.size() == 1
            && origins.allows(named.getFirst(), request.getHeader(HttpHeaders.HOST)));
  }

  /// What is said to a page of another origin.
  static Response otherOrigin() {
    return Problems.of(ErrorCode.FORBIDDEN, "Pages of this origin may not use cookies here.");
  }
}
