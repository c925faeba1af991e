package dev.parley.edge.session;

import dev.parley.edge.loop.Loop;

/// Whether the peer is there: asks it after a silence, and gives it up after a longer one.
final class Heartbeat {

  private final Loop loop;
  private final long askAfterMillis;
  private final long deadAfterMillis;
  private final Runnable ask;
  private final Runnable dead;
  private long heardAtMillis;
  private boolean asked;
  private Loop.Timer timer = () -> {};

  Heartbeat(Loop loop, long askAfterMillis, long deadAfterMillis, Runnable ask, Runnable dead) {
    this.loop = loop;
    this.askAfterMillis = askAfterMillis;
    this.deadAfterMillis = deadAfterMillis;
    this.ask = ask;
    this.dead = dead;
    this.heardAtMillis = loop.nowMillis();
  }

  void start() {
    timer = loop.after(askAfterMillis, this::beat);
  }

  void heard() {
    heardAtMillis = loop.nowMillis();
    asked = false;
  }

  void stop() {
    timer.cancel();
  }

  private void beat() {
    var silentMillis = loop.nowMillis() - heardAtMillis;
    if (silentMillis >= deadAfterMillis) {
      dead.run();
      return;
    }
    if (silentMillis >= askAfterMillis && !asked) {
      asked = true;
      ask.run();
    }
    var nextMillis = (asked ? deadAfterMillis : askAfterMillis) - silentMillis;
    timer = loop.after(Math.max(1, nextMillis), this::beat);
  }
}
