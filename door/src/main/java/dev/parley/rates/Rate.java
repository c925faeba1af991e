package dev.parley.rates;

import java.time.Duration;

/// How fast a bucket fills, and how many tokens it holds.
///
/// @param perSecond tokens a second
/// @param burst tokens of a full bucket
public record Rate(double perSecond, int burst) {

  private static final double MICROS_PER_SECOND = 1_000_000;
  private static final double NANOS_PER_SECOND = 1_000_000_000;

  public Rate {
    if (!(perSecond > 0) || burst < 1) {
      throw new IllegalArgumentException(
          "Expected a rate over 0 and a burst of at least 1, but got "
              + perSecond
              + " and "
              + burst);
    }
  }

  /// One token in each interval.
  public static Rate every(Duration interval, int burst) {
    return new Rate(NANOS_PER_SECOND / interval.toNanos(), burst);
  }

  /// Microseconds in which one token comes.
  double intervalMicros() {
    return MICROS_PER_SECOND / perSecond;
  }
}
