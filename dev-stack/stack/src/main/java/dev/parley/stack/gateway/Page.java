package dev.parley.stack.gateway;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Path;

/// The files of the page. Names under `/assets` carry a hash of their content, so they may be kept
/// for ever; the entry page is asked for each time. A path that is no file is one of the page's own
/// addresses.
final class Page {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
          + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
          + "require-trusted-types-for 'script'; trusted-types 'none'";

  private Page() {}

  static void mount(Router router, Path dist) {
    StaticHandler files =
        StaticHandler.create(FileSystemAccess.ROOT, dist.toAbsolutePath().toString())
            .setIndexPage("index.html")
            .setDefaultContentEncoding("UTF-8")
            .setCachingEnabled(false)
            .setIncludeHidden(false);
    router.get().handler(Page::addHeaders).handler(files).handler(Page::ownAddress).handler(files);
    router.head().handler(Page::addHeaders).handler(files);
    router.route().handler(context -> Answers.notFound(context.request()));
  }

  private static void addHeaders(RoutingContext context) {
    HttpServerResponse response = context.response();
    response.putHeader("Content-Security-Policy", POLICY);
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    boolean hashed = context.normalizedPath().startsWith("/assets/");
    response.putHeader(
        "Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    context.next();
  }

  private static void ownAddress(RoutingContext context) {
    String accept = context.request().getHeader("Accept");
    boolean browser = accept != null && accept.contains("text/html");
    if (browser && !context.normalizedPath().equals("/index.html")) {
      context.reroute("/index.html");
    } else {
      context.response().headers().remove("Cache-Control");
      Answers.notFound(context.request());
    }
  }
}
