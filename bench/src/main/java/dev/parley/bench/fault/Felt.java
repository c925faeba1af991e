package dev.parley.bench.fault;

import java.util.concurrent.TimeUnit;

/// How long a fault was felt. Times are milliseconds.
///
/// @param away until the cause was gone: the process runs again, or goes on
/// @param answer from the fault until a message sent after it was answered, in the conversation
///   that waited longest for that
/// @param longest the longest that an answer took from the fault on
/// @param resumed from the fault until the last client that it cut off was live again; 0: none was
/// @param views from the return until the views had everything answered by then
/// @param index the same for the index
/// @param behind messages that were answered while the cause lasted
public record Felt(
    Fault fault,
    long away,
    long answer,
    long longest,
    long resumed,
    long views,
    long index,
    long behind) {

  private static final long DECIDER = 3_000;
  private static final long EDGE = 5_000;
  private static final long BROKER = 5_000;
  private static final long GOES_ON = 3_000;
  private static final long CAUGHT_UP = 10_000;
  private static final long CAUGHT_UP_EVENTS = 100_000;

  /// What is aimed at.
  public enum Aim {
    NONE(""),
    ANSWER("next answer within 3 s"),
    RESUMED("clients resumed within 5 s"),
    BROKER_BACK("next answer within 5 s of the return"),
    GOES_ON("answers within 3 s meanwhile; caught up within 10 s per 100,000 events");

    private final String words;

    Aim(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  public Aim aim() {
    return switch (fault) {
      case Fault.Kill(var part, _) -> ofKilled(part);
      case Fault.Restart(var part, _) -> ofEngine(part);
      case Fault.Freeze(var part, _, _) -> ofEngine(part);
      case Fault.FullIndex _, Fault.FullViews _ -> Aim.GOES_ON;
      case Fault.Pair _, Fault.Cut _, Fault.Slow _, Fault.Forget _, Fault.Rolling _ -> Aim.NONE;
    };
  }

  private static Aim ofKilled(Part part) {
    return switch (part) {
      case DECIDER -> Aim.ANSWER;
      case EDGE -> Aim.RESUMED;
      case PROJECTION, SEARCH, IDENTITY, KAFKA, POSTGRES, REDIS, ELASTICSEARCH -> ofEngine(part);
    };
  }

  private static Aim ofEngine(Part part) {
    return switch (part) {
      case KAFKA -> Aim.BROKER_BACK;
      case POSTGRES, REDIS, ELASTICSEARCH -> Aim.GOES_ON;
      case EDGE, DECIDER, PROJECTION, SEARCH, IDENTITY -> Aim.NONE;
    };
  }

  public boolean met() {
    return switch (aim()) {
      case NONE -> true;
      case ANSWER -> answer <= DECIDER;
      case RESUMED -> resumed <= EDGE;
      case BROKER_BACK -> answer - away <= BROKER;
      case GOES_ON -> answer <= GOES_ON && Math.max(views, index) <= caughtUpMillis();
    };
  }

  /// A backlog of less than a hundred thousand has as long as one of that many.
  private long caughtUpMillis() {
    return CAUGHT_UP * Math.max(1, (behind + CAUGHT_UP_EVENTS - 1) / CAUGHT_UP_EVENTS);
  }

  static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
