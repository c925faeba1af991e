package dev.parley.bench.path;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A socket without a client around it: sends any text, keeps what comes.
public final class RawSocket implements AutoCloseable, WebSocket.Listener {

  private static final int NOT_CLOSED = -1;

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private volatile int closeCode = NOT_CLOSED;

  public RawSocket(URI edge) {
    socket =
        http.newWebSocketBuilder().subprotocols("parley.v1.json").buildAsync(edge, this).join();
  }

  /// Logs in as the protocol asks, up to `live`.
  public static RawSocket live(URI edge, String token, String heads) throws InterruptedException {
    var socket = new RawSocket(edge);
    socket.send("{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":\"" + token + "\"}}");
    socket.await("an answer to auth", frame -> frame.path("id").asInt() == 1);
    socket.send("{\"id\":2,\"t\":\"resume\",\"d\":{\"heads\":" + heads + "}}");
    socket.await("live", frame -> frame.path("t").asText().equals("live"));
    return socket;
  }

  public void send(String text) {
    socket.sendText(text, true).join();
  }

  List<JsonNode> all() {
    return List.copyOf(frames);
  }

  int closeCode() {
    return closeCode;
  }

  List<JsonNode> frames(String type) {
    return frames.stream().filter(frame -> frame.path("t").asText().equals(type)).toList();
  }

  public JsonNode await(String what, Predicate<JsonNode> wanted) throws InterruptedException {
    return Await.value(what, () -> frames.stream().filter(wanted).findFirst());
  }

  /// The code of the first error that comes, or `closed <code>` if the server ends the socket
  /// instead.
  public String awaitRefusal() throws InterruptedException {
    return Await.value(
        "an error or a close",
        () ->
            frames.stream()
                .filter(frame -> frame.has("err"))
                .map(frame -> frame.path("err").path("code").asText())
                .findFirst()
                .or(() ->
                    closeCode == NOT_CLOSED
                        ? Optional.empty()
                        : Optional.of("closed " + closeCode)));
  }

  /// The code that the server closes with.
  public int awaitClose() throws InterruptedException {
    Await.until("a close", () -> !isOpen());
    return closeCode;
  }

  boolean isOpen() {
    return closeCode == NOT_CLOSED;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      for (var line : partial.toString().split("\n")) {
        frames.add(parse(line));
      }
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeCode = code;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closeCode = 1006;
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("Expected JSON, but got " + line, broken);
    }
  }
}
