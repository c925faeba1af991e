package dev.parley.rates;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Buckets of tokens of this process alone, for what must not pass freely while Redis is away.
/// Bounded: over `bucketsMax` the one that was asked longest ago is forgotten, which is a full one.
/// Safe from any thread.
public final class LocalBuckets {

  private static final double NANOS_PER_MICRO = 1_000;

  private final LongSupplier nanos;
  private final Map<String, Long> fullAt;

  /// @param bucketsMax buckets that are remembered
  public LocalBuckets(int bucketsMax) {
    this(bucketsMax, System::nanoTime);
  }

  LocalBuckets(int bucketsMax, LongSupplier nanos) {
    this.nanos = nanos;
    this.fullAt =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > bucketsMax;
          }
        };
  }

  /// One token, or when it will be there.
  public synchronized Taken take(String key, Rate rate) {
    long now = nanos.getAsLong();
    long interval = interval(rate);
    long full = fullAt(key, now);
    long free = rate.burst() - Math.ceilDiv(full - now, interval);
    if (free < 1) {
      long wait = full - now - (rate.burst() - 1) * interval;
      return new Taken.Refused(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)));
    }
    fullAt.put(key, full + interval);
    return new Taken.Granted(1);
  }

  /// Gives a token back that was taken.
  public synchronized void giveBack(String key, Rate rate) {
    fullAt.computeIfPresent(key, (_, full) -> full - interval(rate));
  }

  /// Fills a bucket.
  public synchronized void fill(String key) {
    fullAt.remove(key);
  }

  /// The clock may be negative and wraps: only differences count.
  private long fullAt(String key, long now) {
    Long full = fullAt.get(key);
    return full == null || full - now < 0 ? now : full;
  }

  private static long interval(Rate rate) {
    return (long) (rate.intervalMicros() * NANOS_PER_MICRO);
  }
}
