package dev.parley.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One WebSocket, from its opening to its end: frames in, frames out, and noticing that the other
/// end is gone. It ends exactly once; one that is given up is not waited for. Its own methods are
/// for the loop's thread.
final class Link implements WebSocket.Listener {

  static final String PROTOCOL = "parley.v1.json";

  /// It ended without a close frame.
  static final int LOST = 1006;

  static final int DONE = 1000;

  private static final int MESSAGE_CHARS_MAX = 16 << 20;
  private static final long OPENING_MILLIS = 15_000;
  private static final long GOODBYE_MILLIS = 1_000;

  /// Called on the loop's thread.
  interface Listener {
    void frame(JsonNode frame, long receivedNanos);

    void ended(int code, String reason);
  }

  private final Network.Loop loop;
  private final Listener listener;
  private final Queue<String> outgoing = new ArrayDeque<>();
  // Written by one callback at a time, which the WebSocket's contract orders.
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;
  private boolean writing;
  private boolean over;
  private long deadMillis = OPENING_MILLIS;
  private volatile long heardNanos = System.nanoTime();
  private Timers.Timer watch = () -> {};

  private Link(Network.Loop loop, Listener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  static Link open(Network.Loop loop, URI edge, Listener listener) {
    var link = new Link(loop, listener);
    link.watchOver(OPENING_MILLIS);
    var unused =
        loop.http()
            .newWebSocketBuilder()
            .subprotocols(PROTOCOL)
            .buildAsync(edge, link)
            .whenComplete((socket, failed) -> loop.execute(() -> link.opened(socket, failed)));
    return link;
  }

  /// Ends itself when nothing has come for this long.
  void expectTrafficWithin(long millis) {
    deadMillis = millis;
    watchOver(millis);
  }

  void send(String text) {
    if (!over) {
      outgoing.add(text);
      pump();
    }
  }

  /// Says goodbye and ends at once, as far as the listener is concerned.
  ///
  /// @return completes when the goodbye is written, a second later at most
  CompletionStage<?> close(int code, String reason) {
    var closing = socket;
    var said = CompletableFuture.<@Nullable Object>completedFuture(null);
    if (!over && closing != null) {
      loop.after(GOODBYE_MILLIS, closing::abort);
      said =
          closing
              .sendClose(DONE, "")
              .<@Nullable Object>handle((_, _) -> null)
              .completeOnTimeout(null, GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    }
    end(code, reason);
    return said;
  }

  /// Ends without a goodbye.
  void abort() {
    end(LOST, "cut");
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    long now = System.nanoTime();
    heardNanos = now;
    partial.append(data);
    if (partial.length() > MESSAGE_CHARS_MAX) {
      loop.execute(this::abort);
      return null;
    }
    if (last) {
      var text = partial.toString();
      partial.setLength(0);
      loop.execute(() -> received(text, now));
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    heardNanos = System.nanoTime();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    heardNanos = System.nanoTime();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    loop.execute(() -> end(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    loop.execute(() -> end(LOST, String.valueOf(error.getMessage())));
  }

  private void opened(@Nullable WebSocket opened, @Nullable Throwable failed) {
    if (opened == null) {
      end(LOST, failed == null ? "no socket" : String.valueOf(failed.getMessage()));
    } else if (over) {
      opened.abort();
    } else {
      socket = opened;
      pump();
    }
  }

  private void pump() {
    while (socket != null && !writing && !over) {
      var text = outgoing.poll();
      if (text == null) {
        return;
      }
      var sent = socket.sendText(text, true);
      if (!sent.isDone()) {
        writing = true;
        var unused =
            sent.whenComplete((_, _) ->
                loop.execute(() -> {
                  writing = false;
                  pump();
                }));
      }
    }
  }

  private void received(String text, long receivedNanos) {
    for (var line : text.split("\n")) {
      if (!over && !line.isBlank()) {
        var frame = parse(line);
        if (frame != null) {
          listener.frame(frame, receivedNanos);
        }
      }
    }
  }

  /// A line that is no frame is dropped: the comparison of seqs finds what it may have carried.
  private static @Nullable JsonNode parse(String line) {
    try {
      var frame = Json.MAPPER.readTree(line);
      return frame.isObject() ? frame : null;
    } catch (JsonProcessingException broken) {
      return null;
    }
  }

  private void watchOver(long afterMillis) {
    watch.cancel();
    watch = loop.after(afterMillis, this::look);
  }

  private void look() {
    long idleMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardNanos);
    if (idleMillis >= deadMillis) {
      end(LOST, "no traffic for " + idleMillis + " ms");
    } else {
      watchOver(deadMillis - idleMillis);
    }
  }

  private void end(int code, String reason) {
    if (over) {
      return;
    }
    over = true;
    outgoing.clear();
    watch.cancel();
    if (socket != null && code == LOST) {
      socket.abort();
    }
    listener.ended(code, reason);
  }
}
