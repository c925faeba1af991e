package dev.parley.stack.supervise;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How long to wait before a unit is started again: half a second at first, doubled with each
/// failure up to 15 s, and from the beginning after a minute of health.
final class Backoff {

  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 15_000;
  private static final Duration HEALED_AFTER = Duration.ofMinutes(1);

  private final InstantSource clock;
  private @Nullable Instant readySince;
  private int failures;

  Backoff(InstantSource clock) {
    this.clock = clock;
  }

  /// The unit is ready.
  void ready() {
    readySince = clock.instant();
  }

  /// The unit ended at this moment, or could not be started.
  Duration ended() {
    var since = readySince;
    readySince = null;
    if (since != null && Duration.between(since, clock.instant()).compareTo(HEALED_AFTER) >= 0) {
      failures = 0;
    }
    long millis = FIRST_MILLIS << Math.min(failures, 10);
    failures++;
    return Duration.ofMillis(Math.min(millis, LONGEST_MILLIS));
  }
}
