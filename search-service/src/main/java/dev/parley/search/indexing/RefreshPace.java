package dev.parley.search.indexing;

import java.time.Duration;

/// When what was stored is to be made visible: at every look, but seldom while there is a backlog.
/// Every refresh makes a segment, merging many small ones costs more than writing them, and what is
/// visible is behind then in any case.
///
/// Safe from any thread.
final class RefreshPace {

  private final int backlog;
  private final long inBacklogNanos;
  private volatile long refreshedAtNanos;

  /// @param backlog records behind that are none yet
  /// @param inBacklog time between two refreshes while there is one
  /// @param nowNanos by `System.nanoTime()`; the first refresh is due at once
  RefreshPace(int backlog, Duration inBacklog, long nowNanos) {
    this.backlog = backlog;
    this.inBacklogNanos = inBacklog.toNanos();
    this.refreshedAtNanos = nowNanos - inBacklogNanos;
  }

  /// @param lag records behind; -1 while unknown
  boolean isDue(long lag, long nowNanos) {
    return lag <= backlog || nowNanos - refreshedAtNanos >= inBacklogNanos;
  }

  void refreshed(long nowNanos) {
    refreshedAtNanos = nowNanos;
  }
}
