package dev.parley.stack.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The origin that a browser sees.
final class Gateway {

  private static final int BODY_BYTES_MAX = 256 * 1024;
  private static final int HEADERS_BYTES_MAX = 16 * 1024;

  private static final String TRANSPORT = "max-age=31536000; includeSubDomains";

  private final Vertx vertx;
  private final @Nullable ServerTls tls;
  private final Forwarding forwarding;
  private final Tunnel tunnel;
  private final Router page;

  Gateway(Vertx vertx, Map<Target, List<Integer>> ports, Path dist) {
    this(vertx, ports, dist, null);
  }

  /// @param tls null: browsers and services are talked to in the clear
  Gateway(Vertx vertx, Map<Target, List<Integer>> ports, Path dist, @Nullable ServerTls tls) {
    this.tls = tls;
    this.vertx = vertx;
    Backends backends = new Backends(ports);
    this.forwarding = new Forwarding(vertx, backends, tls);
    this.tunnel = new Tunnel(vertx, backends, tls);
    this.page = Router.router(vertx);
    Page.mount(page, dist);
  }

  Future<HttpServer> listen(int port) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setMaxHeaderSize(HEADERS_BYTES_MAX)
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(180);
    return vertx
        .createHttpServer(ServerTls.server(options, tls))
        .requestHandler(this::handle)
        .listen();
  }

  private void handle(HttpServerRequest request) {
    if (tls != null) {
      request.response().putHeader("Strict-Transport-Security", TRANSPORT);
    }
    String path = request.path();
    if (path == null || !PlainPath.isPlain(path)) {
      Answers.malformed(request);
      return;
    }
    if (announces(request) > BODY_BYTES_MAX) {
      Answers.tooLarge(request);
      return;
    }
    Target target = Target.of(request.method().name(), path);
    switch (target) {
      case EDGE -> edge(request);
      case IDENTITY, PROJECTION, COMMAND, SEARCH -> forwarding.forward(request, target);
      case PAGE -> page.handle(request);
      case NOBODY -> Answers.notFound(request);
    }
  }

  /// Of a body without a length the services read no more than they take.
  private static long announces(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private void edge(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
      tunnel.open(request);
    } else {
      forwarding.forward(request, Target.EDGE);
    }
  }
}
