package dev.parley.simulation;

import dev.parley.edge.loop.Loop;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/// The one thread, its clock and its dice. What is due at the same moment runs in an order that the
/// seed decides.
final class Scheduler {

  private record Task(long atMillis, int lot, long number, Runnable run) {}

  final Random random;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong(Task::atMillis)
              .thenComparingInt(Task::lot)
              .thenComparingLong(Task::number));
  private long nowMillis = 1_700_000_000_000L;
  private long number;

  Scheduler(long seed) {
    random = new Random(seed);
  }

  long nowMillis() {
    return nowMillis;
  }

  long steps() {
    return number;
  }

  void after(long delayMillis, Runnable run) {
    tasks.add(new Task(nowMillis + Math.max(0, delayMillis), random.nextInt(), number++, run));
  }

  /// Runs `run` after a while of up to `mostMillis`.
  void soon(int mostMillis, Runnable run) {
    after(random.nextInt(mostMillis + 1), run);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  void runUntil(long millis) {
    for (var next = tasks.peek(); next != null && next.atMillis <= millis; next = tasks.peek()) {
      tasks.remove();
      nowMillis = next.atMillis;
      next.run.run();
    }
    nowMillis = millis;
  }

  /// What keeps its order on its way, as a connection does.
  final class Line {

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    void send(int mostMillis, Runnable arrival) {
      waiting.add(arrival);
      soon(mostMillis, () -> waiting.remove().run());
    }
  }

  /// One thread of a process: what it is handed runs in that order, each when the scheduler lets
  /// it; nothing once the process has died.
  final class Strand implements Loop {

    private final Life process;
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    Strand(Life process) {
      this.process = process;
    }

    @Override
    public void run(Runnable task) {
      waiting.add(task);
      if (waiting.size() == 1) {
        next();
      }
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
      var cancelled = new boolean[1];
      Scheduler.this.after(
          delayMillis,
          () -> {
            if (!cancelled[0]) {
              run(() -> {
                if (!cancelled[0]) {
                  task.run();
                }
              });
            }
          });
      return () -> cancelled[0] = true;
    }

    @Override
    public long nowMillis() {
      return Scheduler.this.nowMillis();
    }

    private void next() {
      Scheduler.this.after(chance(20) ? random.nextInt(4) : 0, this::runOne);
    }

    private void runOne() {
      if (!process.isAlive()) {
        waiting.clear();
        return;
      }
      waiting.element().run();
      waiting.remove();
      if (!waiting.isEmpty()) {
        next();
      }
    }
  }

  /// Of a process, which dies as a whole.
  static final class Life {
    private boolean alive = true;

    boolean isAlive() {
      return alive;
    }

    void kill() {
      alive = false;
    }
  }
}
