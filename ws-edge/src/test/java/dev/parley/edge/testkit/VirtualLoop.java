package dev.parley.edge.testkit;

import dev.parley.edge.loop.Loop;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/// A loop with a clock of its own: a test says when time passes.
public final class VirtualLoop implements Loop {

  private record Entry(long atMillis, long number, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Entry> timers =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::atMillis).thenComparingLong(Entry::number));
  private long nowMillis = 1_700_000_000_000L;
  private long number;

  @Override
  public void run(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Timer after(long delayMillis, Runnable task) {
    var entry = new Entry(nowMillis + Math.max(0, delayMillis), number++, task);
    timers.add(entry);
    return () -> timers.remove(entry);
  }

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  /// Runs what is to be run now.
  public void settle() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /// Lets time pass, running what becomes due on the way.
  public void advance(long millis) {
    var until = nowMillis + millis;
    settle();
    for (var next = timers.peek(); next != null && next.atMillis() <= until; next = timers.peek()) {
      timers.remove();
      nowMillis = next.atMillis();
      next.task().run();
      settle();
    }
    nowMillis = until;
  }
}
