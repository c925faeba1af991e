package dev.parley.bench.path;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits with a bound.
final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(45);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private Await() {}

  /// The value, as soon as it is there.
  static <T> T value(String what, Supplier<Optional<T>> look) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      var found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Expected within " + LIMIT + ": " + what);
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  static void until(String what, BooleanSupplier holds) throws InterruptedException {
    value(what, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }
}
