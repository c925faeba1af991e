package dev.parley.rates;

/// How fast a bucket fills, and how many tokens it holds.
///
/// @param perSecond tokens a second
/// @param burst tokens of a full bucket
public record Rate(int perSecond, int burst) {

  private static final double MICROS_PER_SECOND = 1_000_000;

  public Rate {
    if (perSecond < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "Expected a rate and a burst of at least 1, but got " + perSecond + " and " + burst);
    }
  }

  /// Microseconds in which one token comes.
  double intervalMicros() {
    return MICROS_PER_SECOND / perSecond;
  }
}
