package dev.parley.search.replay;

import java.util.ArrayDeque;

/// The rate of something that is counted, over the last ten seconds.
final class Meter {

  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;

  private record Mark(long nanos, long count) {}

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();

  /// @return how many a second
  long rate(long count) {
    long now = System.nanoTime();
    marks.addLast(new Mark(now, count));
    while (marks.size() > 2 && now - marks.getFirst().nanos() > WINDOW_NANOS) {
      marks.removeFirst();
    }
    var first = marks.getFirst();
    long nanos = now - first.nanos();
    return nanos == 0 ? 0 : Math.round((count - first.count()) * NANOS_PER_SECOND / nanos);
  }
}
