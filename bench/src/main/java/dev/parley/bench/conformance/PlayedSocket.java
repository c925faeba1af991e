package dev.parley.bench.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A socket without a client around it: sends any text; keeps what comes, answers and pushes apart,
/// since the protocol orders the one but not the other.
final class PlayedSocket implements AutoCloseable, WebSocket.Listener {

  private static final int LOST = 1006;

  private final StringBuilder partial = new StringBuilder();
  private final List<JsonNode> answers = new ArrayList<>();
  private final List<JsonNode> pushes = new ArrayList<>();
  private final WebSocket socket;
  private @Nullable Integer closeCode;

  PlayedSocket(HttpClient http, URI edge, List<String> protocols, @Nullable String authorization) {
    var builder = http.newWebSocketBuilder();
    if (!protocols.isEmpty()) {
      var others = protocols.subList(1, protocols.size()).toArray(String[]::new);
      builder.subprotocols(protocols.getFirst(), others);
    }
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    socket = builder.buildAsync(edge, this).join();
  }

  void send(String text) {
    // Refused once the server has closed, which the next step is about.
    var unused = socket.sendText(text, true).exceptionally(_ -> null).join();
  }

  void sendBinary(byte[] bytes) {
    var unused = socket.sendBinary(ByteBuffer.wrap(bytes), true).exceptionally(_ -> null).join();
  }

  /// Takes the answer that `taken` makes something of.
  synchronized <T> @Nullable T answer(Function<List<JsonNode>, @Nullable T> taken, long millis)
      throws InterruptedException {
    return await(() -> taken.apply(answers), millis);
  }

  synchronized <T> @Nullable T push(Function<List<JsonNode>, @Nullable T> taken, long millis)
      throws InterruptedException {
    return await(() -> taken.apply(pushes), millis);
  }

  /// The code that the server closed with, within that time, or null.
  synchronized @Nullable Integer closed(long millis) throws InterruptedException {
    return await(() -> closeCode, millis);
  }

  synchronized @Nullable Integer closeCode() {
    return closeCode;
  }

  synchronized String left() {
    return "answers "
        + answers
        + ", pushes "
        + pushes
        + (closeCode == null ? "" : ", closed " + closeCode);
  }

  private <T> @Nullable T await(Supplier<@Nullable T> look, long millis)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (true) {
      var found = look.get();
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (found != null || left <= 0) {
        return found;
      }
      wait(left);
    }
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      for (var line : partial.toString().split("\n")) {
        var frame = parse(line);
        (frame.has("ok") || frame.has("err") ? answers : pushes).add(frame);
      }
      partial.setLength(0);
      notifyAll();
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    ended(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    ended(LOST);
  }

  private synchronized void ended(int code) {
    if (closeCode == null) {
      closeCode = code;
    }
    notifyAll();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("Expected JSON, but got " + line, broken);
    }
  }
}
