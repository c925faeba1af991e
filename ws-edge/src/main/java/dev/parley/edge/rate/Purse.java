package dev.parley.edge.rate;

import dev.parley.rates.Taken;
import java.util.UUID;
import java.util.function.LongSupplier;

/// A person's tokens on this node, which come in lots. Safe from any thread; never waits.
///
/// Frames never wait for Redis: while a lot is on its way they pass on credit, which the lot pays
/// first. Credit is bounded by what the connections' own rates let through until Redis answers, or
/// until it is given up as away.
public final class Purse {

  private final UUID person;
  private final Bucket bucket;
  private final int lot;
  private final LongSupplier nowMillis;
  private int tokens;
  private boolean asking;
  private long refusedUntilMillis;

  Purse(UUID person, Bucket bucket, int lot, LongSupplier nowMillis) {
    this.person = person;
    this.bucket = bucket;
    this.lot = lot;
    this.nowMillis = nowMillis;
  }

  /// Takes a token for a frame.
  ///
  /// @return 0, or if there is none how many milliseconds to wait
  public long take() {
    int debt;
    synchronized (this) {
      if (tokens < 1) {
        var waitMillis = refusedUntilMillis - nowMillis.getAsLong();
        if (waitMillis > 0) {
          return waitMillis;
        }
      }
      tokens--;
      if (tokens > 0 || asking) {
        return 0;
      }
      asking = true;
      debt = -tokens;
    }
    bucket.take(person, Math.max(1, debt), debt + lot).thenAccept(this::came);
    return 0;
  }

  private synchronized void came(Taken taken) {
    asking = false;
    switch (taken) {
      case Taken.Granted(var more) -> tokens += more;
      case Taken.Refused(var retryAfterMillis) ->
          refusedUntilMillis = nowMillis.getAsLong() + retryAfterMillis;
      // Nobody is held back now, and nobody later for what was let through now.
      case Taken.Open() -> tokens = lot;
    }
  }
}
