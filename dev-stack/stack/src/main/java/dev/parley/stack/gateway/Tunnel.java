package dev.parley.stack.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// WebSockets: the handshake goes to an edge as it is, and then bytes flow both ways. A side that
/// does not read holds the other one back, so nothing piles up here and an edge feels a slow client
/// as if there were no gateway.
final class Tunnel {

  private static final int CONNECT_MILLIS = 2_000;
  private static final int SOCKETS_PER_EDGE_MAX = 20_000;

  private static final List<String> INTERNAL = List.of("Parley-Internal", "Parley-Operator");

  private final HttpClient client;
  private final Backends backends;

  Tunnel(Vertx vertx, Backends backends, @Nullable ServerTls tls) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setMaxPoolSize(SOCKETS_PER_EDGE_MAX);
    this.client = vertx.createHttpClient(tls == null ? options : tls.on(options));
    this.backends = backends;
  }

  void open(HttpServerRequest request) {
    request.pause();
    shake(request, backends.inTurn(Target.EDGE, System.nanoTime()), 0)
        .onSuccess(answer -> join(request, answer))
        .onFailure(failure -> {
          request.resume();
          Answers.unavailable(request, Target.EDGE);
        });
  }

  private Future<HttpClientResponse> shake(
      HttpServerRequest request, List<Integer> ports, int index) {
    if (index == ports.size()) {
      return Future.failedFuture("No edge answers");
    }
    int port = ports.get(index);
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(request.uri()))
        .compose(out -> {
          out.headers().addAll(request.headers());
          out.headers().set("X-Forwarded-For", request.remoteAddress().host());
          out.headers().set("X-Forwarded-Proto", request.isSSL() ? "https" : "http");
          INTERNAL.forEach(out.headers()::remove);
          return out.connect();
        })
        .recover(failure -> {
          backends.unreachable(port, System.nanoTime());
          return shake(request, ports, index + 1);
        });
  }

  private static void join(HttpServerRequest request, HttpClientResponse answer) {
    MultiMap headers = request.response().setStatusCode(answer.statusCode()).headers();
    headers.addAll(answer.headers());
    if (answer.statusCode() != 101) {
      request.resume();
      answer.pipeTo(request.response());
      return;
    }
    NetSocket edge = answer.netSocket();
    edge.pause();
    request
        .toNetSocket()
        .onSuccess(person -> {
          // Each pipe ends the other side when its own side ends.
          person.pipeTo(edge).onFailure(failure -> edge.close());
          edge.pipeTo(person).onFailure(failure -> person.close());
        })
        .onFailure(failure -> edge.close());
  }
}
