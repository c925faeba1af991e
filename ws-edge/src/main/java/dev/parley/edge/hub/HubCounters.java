package dev.parley.edge.hub;

import java.util.concurrent.atomic.LongAdder;

/// What the hub did, for the metrics.
public final class HubCounters {

  private final LongAdder delivered = new LongAdder();
  private final LongAdder gaps = new LongAdder();
  private final LongAdder resumes = new LongAdder();

  void eventDelivered() {
    delivered.increment();
  }

  void gapSeen() {
    gaps.increment();
  }

  void resumed() {
    resumes.increment();
  }

  /// Events handed to at least one session, each counted once.
  public long delivered() {
    return delivered.sum();
  }

  /// Reads for events that were not pushed, or not in time.
  public long gaps() {
    return gaps.sum();
  }

  /// Sessions that were made ready.
  public long resumes() {
    return resumes.sum();
  }
}
