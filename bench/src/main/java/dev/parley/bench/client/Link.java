package dev.parley.bench.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One WebSocket, from its opening to its end: frames in, frames out. Knows no protocol but JSON
/// texts, several to a message allowed.
final class Link {

  /// 1006: it ended without a close frame.
  static final int LOST = 1006;

  static final int NORMAL = 1000;

  /// Called on the owner's executor.
  interface Listener {
    void frame(Link link, JsonNode frame, long receivedNanos);

    void ended(Link link, int code, String reason);
  }

  private final ClientWebSocket socket;
  private final Executor owner;
  private final Listener listener;
  private boolean over;

  private Link(ClientWebSocket socket, Executor owner, Listener listener) {
    this.socket = socket;
    this.owner = owner;
    this.listener = listener;
  }

  static Link open(Network network, URI edge, Executor owner, Listener listener) {
    var socket = network.sockets().webSocket();
    var link = new Link(socket, owner, listener);
    socket
        .textMessageHandler(link::received)
        .closeHandler(_ -> link.closed(socket.closeStatusCode(), socket.closeReason()))
        .exceptionHandler(_ -> {});
    socket
        .connect(
            new WebSocketConnectOptions()
                .setAbsoluteURI(edge.toString())
                .addSubProtocol("parley.v1.json"))
        .onFailure(failed -> link.end(LOST, String.valueOf(failed.getMessage())));
    return link;
  }

  void send(ObjectNode frame) {
    sendText(frame.toString());
  }

  void sendText(String text) {
    socket.writeTextMessage(text);
  }

  void close() {
    socket.close((short) NORMAL);
  }

  private void received(String text) {
    long now = System.nanoTime();
    owner.execute(() -> {
      for (var line : text.split("\n")) {
        if (!line.isBlank()) {
          listener.frame(this, parse(line), now);
        }
      }
    });
  }

  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("Expected JSON from the server, but got " + line, broken);
    }
  }

  private void closed(@Nullable Short code, @Nullable String reason) {
    end(code == null ? LOST : code, reason == null ? "" : reason);
  }

  private void end(int code, String reason) {
    owner.execute(() -> {
      if (!over) {
        over = true;
        listener.ended(this, code, reason);
      }
    });
  }
}
