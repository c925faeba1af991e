package dev.parley.edge.session;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// How many sockets each person has on this node. Safe from any thread.
public final class Admissions {

  private final int perUserMax;
  private final Map<UUID, Integer> sockets = new ConcurrentHashMap<>();

  public Admissions(int perUserMax) {
    this.perUserMax = perUserMax;
  }

  /// Counts one more, unless the person has as many as allowed.
  boolean enter(UUID user) {
    var entered = new boolean[1];
    sockets.compute(
        user,
        (_, count) -> {
          var now = count == null ? 0 : count;
          entered[0] = now < perUserMax;
          return entered[0] ? Integer.valueOf(now + 1) : count;
        });
    return entered[0];
  }

  void leave(UUID user) {
    sockets.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
  }
}
