package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what comes by itself, within a bound.
final class Awaiting {

  private static final long WAIT_SECONDS = 30;
  private static final long LOOK_NANOS = 2_000_000;

  private Awaiting() {}

  static void until(String what, BooleanSupplier isSo) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).as("Not in time: " + what).isLessThan(deadline);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
