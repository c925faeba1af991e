package dev.parley.edge.reach;

import dev.parley.edge.loop.Loop;
import java.util.function.LongSupplier;

/// Whether one thing that the node needs answers, by the latest sign of it. Safe from any thread.
public final class Reach {

  private static final long NEVER = 0;

  private final String name;
  private final LongSupplier nowMillis;
  private Away away = new Away(NEVER, "");
  private long heardAtMillis;

  /// @param sinceMillis [#NEVER]: it is reached
  private record Away(long sinceMillis, String why) {}

  /// @param name as an operator knows it
  public Reach(String name, Loop loop) {
    this(name, loop::nowMillis);
  }

  Reach(String name, LongSupplier nowMillis) {
    this.name = name;
    this.nowMillis = nowMillis;
    this.heardAtMillis = nowMillis.getAsLong();
  }

  public String name() {
    return name;
  }

  /// It answered.
  public synchronized void reached() {
    heardAtMillis = nowMillis.getAsLong();
    away = new Away(NEVER, "");
  }

  /// It did not answer.
  public synchronized void away(String why) {
    away = new Away(isAway() ? away.sinceMillis() : nowMillis.getAsLong(), why);
  }

  public synchronized boolean isAway() {
    return away.sinceMillis() != NEVER;
  }

  /// Whether it has been away for so long that this is no blip any more.
  public synchronized boolean isAwayFor(long millis) {
    return isAway() && nowMillis.getAsLong() - away.sinceMillis() >= millis;
  }

  /// How long ago it last answered.
  synchronized long silentMillis() {
    return nowMillis.getAsLong() - heardAtMillis;
  }

  /// For people.
  @Override
  public synchronized String toString() {
    return isAway()
        ? "away for %d s: %s"
            .formatted((nowMillis.getAsLong() - away.sinceMillis()) / 1_000, away.why())
        : "reached";
  }
}
