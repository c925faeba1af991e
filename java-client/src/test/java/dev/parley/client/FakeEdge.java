package dev.parley.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The smallest server that speaks the protocol: remembers messages by id, and can be told to drop
/// a connection instead of answering, and to push anything.
final class FakeEdge implements AutoCloseable {

  final List<JsonNode> received = new CopyOnWriteArrayList<>();
  volatile int dropsBeforeAnswer;
  volatile @Nullable String refuseOnce;
  volatile String epoch = "e1";
  volatile int frameBytesMax = 98_304;
  volatile int heartbeatMillis = 25_000;
  volatile String goodToken = "good";
  final Set<String> tickets = ConcurrentHashMap.newKeySet();
  volatile boolean silent;
  volatile boolean deafToAuth;
  final List<Integer> handshakes = new CopyOnWriteArrayList<>();
  private volatile @Nullable ServerWebSocket current;
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Map<String, Long> seqs = new HashMap<>();

  FakeEdge() {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("parley.v1.json"))
            .webSocketHandler(this::accept)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + server.actualPort() + "/ws");
  }

  /// Frames of this type that clients sent.
  List<JsonNode> received(String type) {
    return received.stream().filter(frame -> frame.path("t").asText().equals(type)).toList();
  }

  /// Pushes to the newest connection.
  void push(String type, ObjectNode d) {
    var socket = current;
    if (socket != null) {
      push(socket, type, d);
    }
  }

  /// Closes the newest connection.
  void end(int code) {
    var socket = current;
    if (socket != null) {
      socket.close((short) code, "");
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void accept(ServerWebSocket socket) {
    handshakes.add(handshakes.size());
    current = socket;
    socket.textMessageHandler(text -> frame(socket, text));
    var hello = Json.MAPPER.createObjectNode().put("heartbeat_ms", heartbeatMillis);
    hello.put("epoch", epoch).putObject("limits").put("frame_bytes", frameBytesMax);
    push(socket, "hello", hello);
  }

  private synchronized void frame(ServerWebSocket socket, String text) {
    var frame = parse(text);
    received.add(frame);
    if (silent) {
      return;
    }
    var d = frame.path("d");
    switch (frame.path("t").asText()) {
      case "auth" -> {
        if (deafToAuth) {
          return;
        }
        if (d.path("token").asText().equals(goodToken)
            || tickets.remove(d.path("ticket").asText())) {
          ok(socket, frame, Json.MAPPER.createObjectNode().put("expires_at", "later"));
        } else {
          socket.close((short) 4401, "token");
        }
      }
      case "resume" -> {
        var ready = Json.MAPPER.createObjectNode();
        ready.putArray("conversations");
        ready.put("resumed", !d.path("heads").isEmpty());
        ok(socket, frame, Json.MAPPER.createObjectNode());
        push(socket, "ready", ready);
        push(socket, "live", Json.MAPPER.createObjectNode());
      }
      case "send" -> send(socket, frame);
      case "watch" -> ok(socket, frame, Json.MAPPER.createObjectNode().put("head_seq", 7));
      case "read", "delivered", "presence.sub", "presence.unsub", "refresh" ->
          ok(socket, frame, Json.MAPPER.createObjectNode());
      case "ping" -> push(socket, "pong", Json.MAPPER.createObjectNode());
      default -> {}
    }
  }

  private void send(ServerWebSocket socket, JsonNode frame) {
    var refusal = refuseOnce;
    if (refusal != null) {
      refuseOnce = null;
      var answer = Json.MAPPER.createObjectNode();
      answer.set("id", frame.path("id"));
      answer.putObject("err").put("code", refusal).put("temporary", true);
      socket.writeTextMessage(answer.toString());
      return;
    }
    var message = frame.path("d").path("message_id").asText();
    boolean duplicate = seqs.containsKey(message);
    long seq = seqs.computeIfAbsent(message, _ -> (long) seqs.size() + 1);
    if (dropsBeforeAnswer > 0) {
      dropsBeforeAnswer--;
      socket.close((short) 4001, "drain");
      return;
    }
    ok(socket, frame, Json.MAPPER.createObjectNode().put("seq", seq).put("duplicate", duplicate));
  }

  private static void ok(ServerWebSocket socket, JsonNode frame, ObjectNode body) {
    var answer = Json.MAPPER.createObjectNode();
    answer.set("id", frame.path("id"));
    answer.set("ok", body);
    socket.writeTextMessage(answer.toString());
  }

  private static void push(ServerWebSocket socket, String type, ObjectNode d) {
    var frame = Json.MAPPER.createObjectNode().put("t", type);
    frame.set("d", d);
    socket.writeTextMessage(frame.toString());
  }

  private static JsonNode parse(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
