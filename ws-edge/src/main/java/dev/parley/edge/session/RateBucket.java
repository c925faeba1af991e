package dev.parley.edge.session;

/// A token bucket: so many frames a second, some more in a burst. For one thread.
final class RateBucket {

  private static final double MILLIS_PER_SECOND = 1_000;

  private final double perMilli;
  private final int burst;
  private double tokens;
  private long filledAtMillis;

  RateBucket(int perSecond, int burst, long nowMillis) {
    this.perMilli = perSecond / MILLIS_PER_SECOND;
    this.burst = burst;
    this.tokens = burst;
    this.filledAtMillis = nowMillis;
  }

  /// Whether one more is allowed now.
  boolean take(long nowMillis) {
    tokens = Math.min(burst, tokens + Math.max(0, nowMillis - filledAtMillis) * perMilli);
    filledAtMillis = nowMillis;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /// Whether it is half full again: who was refused before has calmed down.
  boolean isCalm() {
    return tokens * 2 >= burst;
  }

  /// Until the next one is allowed.
  long waitMillis() {
    return Math.max(1, (long) Math.ceil((1 - tokens) / perMilli));
  }
}
