package dev.parley.edge.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A client's socket: frames go out as they are given, what comes is kept until it is asked for.
final class TestSocket implements WebSocket.Listener {

  private static final long WAIT_SECONDS = 20;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<JsonNode> frames = new ArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket webSocket;
  private volatile String closeReason = "";
  private int lastId;

  private TestSocket(URI uri, Map<String, String> headers, String... protocols) {
    var builder = HTTP.newWebSocketBuilder();
    headers.forEach(builder::header);
    if (protocols.length > 0) {
      builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
    }
    webSocket = builder.buildAsync(uri, this).join();
  }

  static TestSocket open(URI uri) {
    return new TestSocket(uri, Map.of(), "parley.v1.json");
  }

  static TestSocket open(URI uri, Map<String, String> headers, String... protocols) {
    return new TestSocket(uri, headers, protocols);
  }

  String protocol() {
    return webSocket.getSubprotocol();
  }

  void send(String text) {
    webSocket.sendText(text, true).join();
  }

  void sendBinary(byte[] bytes) {
    webSocket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  int send(String type, String content) {
    lastId++;
    send("{\"id\":%d,\"t\":\"%s\",\"d\":%s}".formatted(lastId, type, content));
    return lastId;
  }

  /// Sends a frame and waits for its answer; pushes that come before it are kept.
  JsonNode ask(String type, String content) {
    var id = send(type, content);
    return await(frame -> frame.path("id").asInt() == id && !frame.has("t"));
  }

  JsonNode push(String type) {
    return await(frame -> frame.path("t").asText().equals(type)).path("d");
  }

  /// The next frame that fits; others stay, in their order.
  JsonNode await(Predicate<JsonNode> fits) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    synchronized (frames) {
      while (true) {
        for (var each = frames.iterator(); each.hasNext(); ) {
          var frame = each.next();
          if (fits.test(frame)) {
            each.remove();
            return frame;
          }
        }
        var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("Not in time; closed: " + closed + "; others: " + frames);
        }
        try {
          frames.wait(left);
        } catch (InterruptedException interrupted) {
          throw new AssertionError(interrupted);
        }
      }
    }
  }

  /// What came and was not asked for.
  List<JsonNode> rest() {
    synchronized (frames) {
      return List.copyOf(frames);
    }
  }

  int closeCode() {
    return closed.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /// What the close frame said, once it came.
  String closeReason() {
    return closeReason;
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  void close() {
    webSocket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      for (var line : partial.toString().split("\n")) {
        synchronized (frames) {
          frames.add(json(line));
          frames.notifyAll();
        }
      }
      partial.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closeReason = reason;
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(error);
  }

  private static JsonNode json(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (IOException broken) {
      throw new UncheckedIOException(line, broken);
    }
  }
}
