package dev.parley.projection.replay;

import java.time.Duration;
import java.util.ArrayDeque;

/// How fast a count grows, over the last seconds. For one thread.
final class Rate {

  private static final long WINDOW_NANOS = Duration.ofSeconds(15).toNanos();

  private record Sample(long nanos, long count) {}

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  /// @return per second
  long of(long nanos, long count) {
    var last = samples.peekLast();
    if (last != null && last.count() > count) {
      samples.clear();
    }
    samples.addLast(new Sample(nanos, count));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
    var first = samples.getFirst();
    long elapsed = nanos - first.nanos();
    return elapsed <= 0
        ? 0
        : (long) ((count - first.count()) * (double) Duration.ofSeconds(1).toNanos() / elapsed);
  }
}
