package dev.parley.stack.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plain requests: to a node of the target, and its answer back.
final class Forwarding {

  private static final int CONNECT_MILLIS = 2_000;
  private static final int IDLE_SECONDS = 75;
  private static final int CONNECTIONS_PER_NODE_MAX = 64;

  /// Headers that mean something between services only. A request from outside never carries them
  /// further.
  private static final List<String> INTERNAL_HEADERS =
      List.of("Parley-Internal", "Parley-Operator");

  private final HttpClient client;
  private final Backends backends;

  Forwarding(Vertx vertx, Backends backends, @Nullable ServerTls tls) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxPoolSize(CONNECTIONS_PER_NODE_MAX);
    this.client = vertx.createHttpClient(tls == null ? options : tls.on(options));
    this.backends = backends;
  }

  void forward(HttpServerRequest request, Target target) {
    HttpProxy.reverseProxy(client)
        .originRequestProvider((incoming, http) -> connect(backends.inTurn(target, now()), 0))
        .addInterceptor(headersAndFailures(target))
        .handle(request);
  }

  private Future<HttpClientRequest> connect(List<Integer> ports, int index) {
    if (index == ports.size()) {
      return Future.failedFuture("No node answers");
    }
    int port = ports.get(index);
    return client
        .request(new RequestOptions().setHost("127.0.0.1").setPort(port))
        .recover(failure -> {
          backends.unreachable(port, now());
          return connect(ports, index + 1);
        });
  }

  private static ProxyInterceptor headersAndFailures(Target target) {
    return new ProxyInterceptor() {
      @Override
      public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        HttpServerRequest incoming = context.request().proxiedRequest();
        INTERNAL_HEADERS.forEach(context.request().headers()::remove);
        // Services compare it with the Origin of a page; they are not known by another name.
        context.request().setAuthority(incoming.authority());
        context.request().headers().set("X-Forwarded-Proto", incoming.isSSL() ? "https" : "http");
        // Replaced, not added to: this gateway is the outermost one.
        context.request().headers().set("X-Forwarded-For", incoming.remoteAddress().host());
        return context.sendRequest().recover(failure -> unavailable(context, target));
      }
    };
  }

  private static Future<ProxyResponse> unavailable(ProxyContext context, Target target) {
    String body = Answers.body(502, "unavailable", Answers.unavailableDetail(target));
    return Future.succeededFuture(
        context
            .request()
            .release()
            .response()
            .setStatusCode(502)
            .putHeader("Content-Type", "application/problem+json")
            .setBody(Body.body(Buffer.buffer(body))));
  }

  private static long now() {
    return System.nanoTime();
  }
}
