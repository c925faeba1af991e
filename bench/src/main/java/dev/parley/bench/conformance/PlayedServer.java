package dev.parley.bench.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// A server whose every word a transcript says: sockets are queued for it, REST calls are answered
/// with what it laid ready.
final class PlayedServer implements AutoCloseable {

  private static final String PROTOCOL = "parley.v1.json";

  /// A socket that a client opened.
  ///
  /// @param openedNanos when
  record Connection(ServerWebSocket socket, BlockingQueue<JsonNode> frames, long openedNanos) {

    void push(JsonNode frame) {
      socket.writeTextMessage(frame.toString());
    }

    void pushText(String text) {
      socket.writeTextMessage(text);
    }

    void close(int code) {
      socket.close((short) code, "");
    }

    /// Without a close frame, as a cut line looks.
    void cut() {
      ((io.vertx.core.net.impl.ConnectionBase)
              ((io.vertx.core.http.impl.WebSocketInternal) socket).connection())
          .close();
    }
  }

  /// What a REST call is answered with.
  record Served(int status, JsonNode body) {}

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
  private final Map<String, Served> served = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  PlayedServer() {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .addWebSocketSubProtocol(PROTOCOL)
                    .setMaxWebSocketMessageSize(8 << 20))
            .requestHandler(this::answer)
            .webSocketHandler(this::accept)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  BlockingQueue<Connection> connections() {
    return connections;
  }

  /// @param call such as `GET /api/conversations/.../events`, with the parameters that matter
  void serve(String call, Served answer) {
    served.put(call, answer);
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  private void accept(ServerWebSocket socket) {
    var frames = new LinkedBlockingQueue<JsonNode>();
    var connection = new Connection(socket, frames, System.nanoTime());
    socket.textMessageHandler(text -> {
      for (var line : text.split("\n")) {
        frames.add(parse(line));
      }
    });
    connections.add(connection);
  }

  private void answer(HttpServerRequest request) {
    var path = request.method() + " " + request.path();
    calls.add(request.method() + " " + request.uri());
    var found = new Served(404, Json.MAPPER.createObjectNode().put("code", "not_found"));
    for (var one : new ArrayList<>(served.entrySet())) {
      if (fits(one.getKey(), path, request)) {
        found = one.getValue();
      }
    }
    request
        .response()
        .setStatusCode(found.status())
        .putHeader("Content-Type", "application/json")
        .end(found.body().toString());
  }

  private static boolean fits(String call, String path, HttpServerRequest request) {
    var parts = call.split("\\?", 2);
    if (!parts[0].equals(path)) {
      return false;
    }
    for (var parameter : parts.length == 1 ? new String[0] : parts[1].split("&")) {
      var pair = parameter.split("=", 2);
      if (!pair[1].equals(request.getParam(pair[0]))) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException broken) {
      return Json.MAPPER.createObjectNode().put("not_json", line);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
