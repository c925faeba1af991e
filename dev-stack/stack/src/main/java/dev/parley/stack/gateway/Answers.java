package dev.parley.stack.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/// What the gateway answers itself: problems (RFC 9457).
final class Answers {

  private Answers() {}

  static void notFound(HttpServerRequest request) {
    problem(request, 404, "not_found", "There is nothing at this address.");
  }

  static void malformed(HttpServerRequest request) {
    problem(request, 400, "malformed", "The path of the request is not in its plain form.");
  }

  static void tooLarge(HttpServerRequest request) {
    problem(request, 413, "too_large", "The body of the request is too large.");
  }

  static void unavailable(HttpServerRequest request, Target target) {
    problem(request, 502, "unavailable", unavailableDetail(target));
  }

  static String unavailableDetail(Target target) {
    return "The %s service does not answer; ./parley status says why."
        .formatted(target.name().toLowerCase(java.util.Locale.ROOT));
  }

  static String body(int status, String code, String detail) {
    return """
    {"type":"about:blank","title":"%s","status":%d,"code":"%s","detail":"%s"}
    """
        .formatted(
            Map.of(
                    400,
                    "Bad Request",
                    404,
                    "Not Found",
                    413,
                    "Content Too Large",
                    502,
                    "Bad Gateway")
                .getOrDefault(status, "Error"),
            status,
            code,
            detail)
        .strip();
  }

  private static void problem(HttpServerRequest request, int status, String code, String detail) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(body(status, code, detail));
  }
}
