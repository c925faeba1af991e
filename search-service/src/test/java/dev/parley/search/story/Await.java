package dev.parley.search.story;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for a condition, bounded.
public final class Await {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration ASK_EVERY = Duration.ofMillis(50);

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("Expected within " + BOUND + ": " + what);
      }
      LockSupport.parkNanos(ASK_EVERY.toNanos());
    }
  }
}
