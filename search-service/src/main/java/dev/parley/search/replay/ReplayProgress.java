package dev.parley.search.replay;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far a replay is.
///
/// @param done records that the new version has read
/// @param total records there are
/// @param rate records a second, of late
/// @param etaSeconds -1 while unknown
record ReplayProgress(
    State state,
    long done,
    long total,
    long rate,
    long etaSeconds,
    Snapshot.@Nullable Facts older,
    Snapshot.@Nullable Facts newer,
    String detail) {

  enum State {
    IDLE,
    BUILDING,
    VERIFYING,
    SWITCHED,
    FAILED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isRunning() {
      return this == BUILDING || this == VERIFYING;
    }
  }

  static final ReplayProgress IDLE =
      new ReplayProgress(State.IDLE, 0, 0, 0, -1, null, null, "No replay has run");

  ReplayProgress at(State next, String why) {
    return new ReplayProgress(next, done, total, rate, etaSeconds, older, newer, why);
  }

  ReplayProgress read(long nowDone, long nowTotal, long nowRate) {
    long eta = nowRate > 0 ? (nowTotal - nowDone + nowRate - 1) / nowRate : -1;
    return new ReplayProgress(state, nowDone, nowTotal, nowRate, eta, older, newer, detail);
  }

  ReplayProgress compared(Snapshot.Facts old, Snapshot.Facts built) {
    return new ReplayProgress(state, done, total, rate, 0, old, built, detail);
  }
}
