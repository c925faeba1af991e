package dev.parley.bench.check.history;

import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/// How far one person said to have read one conversation.
public final class Marks {

  private final AtomicLong stored = new AtomicLong();
  private final TreeSet<Long> unanswered = new TreeSet<>();

  /// The highest that was answered: it counts for certain.
  public long stored() {
    return stored.get();
  }

  /// Those whose answer did not come, or that were refused for the time being: they may count.
  public synchronized TreeSet<Long> unanswered() {
    return new TreeSet<>(unanswered);
  }

  synchronized void issued(long seq) {
    unanswered.add(seq);
  }

  synchronized void stored(long seq) {
    unanswered.remove(seq);
    stored.accumulateAndGet(seq, Math::max);
  }

  synchronized void refused(long seq) {
    unanswered.remove(seq);
  }
}
