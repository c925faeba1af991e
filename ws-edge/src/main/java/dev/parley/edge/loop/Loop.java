package dev.parley.edge.loop;

/// One thread with tasks and timers. What a loop owns is touched on it alone.
public interface Loop {

  /// Runs `task` on the loop, after what was handed over before it. From any thread.
  void run(Runnable task);

  /// Runs `task` on the loop once `delayMillis` have passed.
  Timer after(long delayMillis, Runnable task);

  /// Milliseconds since 1970.
  long nowMillis();

  /// A task that waits for its time.
  @FunctionalInterface
  interface Timer {

    /// The task will not run any more; no effect once it has run.
    void cancel();
  }
}
