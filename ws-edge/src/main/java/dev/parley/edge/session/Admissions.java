package dev.parley.edge.session;

import dev.parley.edge.rate.Purse;
import dev.parley.edge.rate.Purses;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// How many sockets each person has on this node, and the tokens that these share. Safe from any
/// thread.
public final class Admissions {

  private final int perUserMax;
  private final Purses purses;
  private final Map<UUID, Admitted> persons = new ConcurrentHashMap<>();

  private record Admitted(int sockets, Purse purse) {}

  public Admissions(int perUserMax, Purses purses) {
    this.perUserMax = perUserMax;
    this.purses = purses;
  }

  /// Counts one more, unless the person has as many as allowed.
  boolean enter(UUID user) {
    var entered = new boolean[1];
    persons.compute(
        user,
        (_, before) -> {
          var sockets = before == null ? 0 : before.sockets;
          entered[0] = sockets < perUserMax;
          if (!entered[0]) {
            return before;
          }
          return new Admitted(sockets + 1, before == null ? purses.purse(user) : before.purse);
        });
    return entered[0];
  }

  void leave(UUID user) {
    persons.computeIfPresent(
        user,
        (_, before) -> before.sockets == 1 ? null : new Admitted(before.sockets - 1, before.purse));
  }

  /// Takes a token for a frame of somebody who has entered.
  ///
  /// @return 0, or if there is none how many milliseconds to wait
  long charge(UUID user) {
    var admitted = persons.get(user);
    return admitted == null ? 0 : admitted.purse.take();
  }
}
