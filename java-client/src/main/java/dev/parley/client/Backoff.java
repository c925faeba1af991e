package dev.parley.client;

import java.util.function.DoubleSupplier;

/// How long to wait before the next try. Full jitter, so that a crowd that was cut off together
/// comes back spread.
///
/// @param floorMillis the shortest wait
/// @param ceilingMillis the longest
public record Backoff(long floorMillis, long ceilingMillis) {

  private static final int DOUBLINGS_MAX = 16;

  /// Half a second to twenty seconds, as the protocol asks.
  public static final Backoff DEFAULT = new Backoff(500, 20_000);

  public Backoff {
    if (floorMillis < 0 || ceilingMillis < floorMillis) {
      throw new IllegalArgumentException("Expected 0 <= floor <= ceiling");
    }
  }

  /// @param attempt 0 is the first
  /// @param random from 0 to 1, 1 excluded
  long millis(int attempt, DoubleSupplier random) {
    long ceiling =
        Math.min(ceilingMillis, Math.max(1, 2 * floorMillis) << Math.min(attempt, DOUBLINGS_MAX));
    return floorMillis + (long) (random.getAsDouble() * (ceiling - floorMillis));
  }
}
