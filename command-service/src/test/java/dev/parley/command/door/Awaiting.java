package dev.parley.command.door;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for a condition, bounded.
public final class Awaiting {

  private static final Duration ASK_EVERY = Duration.ofMillis(20);

  private Awaiting() {}

  public static void atMost(Duration bound, BooleanSupplier condition) {
    atMost(bound, condition, () -> "it did not come");
  }

  /// @param complaint how far it is instead
  public static void atMost(Duration bound, BooleanSupplier condition, Supplier<String> complaint) {
    long deadline = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "Expected the condition within " + bound + ", but " + complaint.get());
      }
      LockSupport.parkNanos(ASK_EVERY.toNanos());
    }
  }
}
