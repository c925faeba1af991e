package dev.parley.client;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How far this person is, told to the server: of many marks in a short time only the highest goes
/// out, and never two of the same kind at once. For one thread, the client's.
final class Marks {

  private record Key(UUID conversation, boolean read, @Nullable UUID thread) {}

  private static final class Level {
    private long wanted;
    private long stored;
    private boolean busy;
  }

  private final Map<Key, Level> levels = new HashMap<>();
  private final Function<Frame, CompletionStage<Reply>> submit;
  private final Timers timers;
  private final long coalesceMillis;

  /// @param coalesceMillis how long a mark waits for a higher one
  Marks(Function<Frame, CompletionStage<Reply>> submit, Timers timers, long coalesceMillis) {
    this.submit = submit;
    this.timers = timers;
    this.coalesceMillis = coalesceMillis;
  }

  void delivered(UUID conversation, long seq) {
    var read = levels.get(new Key(conversation, true, null));
    if (read == null || read.wanted < seq) {
      raise(new Key(conversation, false, null), seq);
    }
  }

  /// A read mark says that everything up to it was delivered, too.
  void read(UUID conversation, long seq, @Nullable UUID thread) {
    raise(new Key(conversation, true, thread), seq);
    if (thread == null) {
      var delivered = levels.get(new Key(conversation, false, null));
      if (delivered != null && delivered.wanted <= seq) {
        delivered.wanted = delivered.stored;
      }
    }
  }

  private void raise(Key key, long seq) {
    var level = levels.computeIfAbsent(key, _ -> new Level());
    if (seq > level.wanted) {
      level.wanted = seq;
      later(key, level);
    }
  }

  private void later(Key key, Level level) {
    if (!level.busy) {
      level.busy = true;
      timers.after(coalesceMillis, () -> flush(key, level));
    }
  }

  private void flush(Key key, Level level) {
    long seq = level.wanted;
    if (seq <= level.stored) {
      level.busy = false;
      return;
    }
    var frame =
        key.read()
            ? Frames.read(key.conversation(), seq, key.thread())
            : Frames.delivered(key.conversation(), seq);
    var unused =
        submit
            .apply(frame)
            .whenComplete((_, _) -> {
              // Refused for good: the next one may be allowed, this one is not tried again.
              level.stored = Math.max(level.stored, seq);
              level.busy = false;
              if (level.wanted > level.stored) {
                later(key, level);
              }
            });
  }
}
