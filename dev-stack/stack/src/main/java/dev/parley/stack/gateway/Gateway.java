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

/// The origin that a browser sees.
final class Gateway {

  private final Vertx vertx;
  private final Forwarding forwarding;
  private final Tunnel tunnel;
  private final Router page;

  Gateway(Vertx vertx, Map<Target, List<Integer>> ports, Path dist) {
    this.vertx = vertx;
    Backends backends = new Backends(ports);
    this.forwarding = new Forwarding(vertx, backends);
    this.tunnel = new Tunnel(vertx, backends);
    this.page = Router.router(vertx);
    Page.mount(page, dist);
  }

  Future<HttpServer> listen(int port) {
    HttpServerOptions options =
        new HttpServerOptions().setHost("127.0.0.1").setPort(port).setIdleTimeout(180);
    return vertx.createHttpServer(options).requestHandler(this::handle).listen();
  }

  private void handle(HttpServerRequest request) {
    String path = request.path();
    if (path == null || !PlainPath.isPlain(path)) {
      Answers.malformed(request);
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

  private void edge(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
      tunnel.open(request);
    } else {
      forwarding.forward(request, Target.EDGE);
    }
  }
}
