package dev.parley.origins;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What every answer tells a browser: that it is not to be guessed at, framed, kept or read by
/// pages of other origins, but for those in the allow-list (CORS).
///
/// A page of an origin that is not listed is not refused here: without the headers its browser does
/// not show it the answer, and does not send what needs a preflight.
@Singleton
public class BrowserHeaders {

  private static final int FIRST = 1_000;
  private static final int NO_CONTENT = 204;
  private static final String PREFLIGHT_SECONDS = "600";

  private final Origins origins;

  BrowserHeaders(Origins origins) {
    this.origins = origins;
  }

  void register(@Observes Filters filters) {
    filters.register(this::answer, FIRST);
  }

  void answer(RoutingContext routing) {
    var request = routing.request();
    var response = routing.response();
    secure(response.headers());
    routing.addHeadersEndHandler(_ -> keepOutOfCaches(response));
    if (crossOrigin(request, response) && isPreflight(request)) {
      response
          .setStatusCode(NO_CONTENT)
          .putHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
          .putHeader(
              "Access-Control-Allow-Headers",
              "Authorization, Content-Type, Idempotency-Key, traceparent, tracestate")
          .putHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS)
          .end();
      return;
    }
    routing.next();
  }

  private static void secure(MultiMap headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  /// Personal data, and everything else that does not say otherwise itself.
  private static void keepOutOfCaches(HttpServerResponse response) {
    if (!response.headers().contains("Cache-Control")) {
      response.putHeader("Cache-Control", "no-store");
    }
  }

  /// Whether the page may read the answer.
  private boolean crossOrigin(HttpServerRequest request, HttpServerResponse response) {
    // Whatever the answer is, it depends on who asks.
    response.headers().add("Vary", "Origin");
    var origin = request.getHeader("Origin");
    if (origin == null || !origins.listed(origin)) {
      return false;
    }
    response
        .putHeader("Access-Control-Allow-Origin", origin)
        .putHeader("Access-Control-Allow-Credentials", "true")
        .putHeader(
            "Access-Control-Expose-Headers",
            "Location, Parley-Position, Retry-After, WWW-Authenticate");
    response.headers().set("Cross-Origin-Resource-Policy", "cross-origin");
    return true;
  }

  private static boolean isPreflight(HttpServerRequest request) {
    return request.method() == HttpMethod.OPTIONS
        && request.headers().contains("Access-Control-Request-Method");
  }
}
