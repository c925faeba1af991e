package dev.parley.edge.session;

import dev.parley.edge.rate.Purse;
import dev.parley.edge.rate.Purses;
import dev.parley.tokens.Ended;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Who is here: the sockets of each person on this node, bounded, and the rate that they share. No
/// larger than there are sockets. Safe from any thread.
public final class Admissions {

  private final int perUserMax;
  private final Purses purses;
  private final Map<UUID, Admitted> persons = new ConcurrentHashMap<>();

  /// @param sockets what each is told of tokens that end
  private record Admitted(Set<Consumer<Ended>> sockets, Purse purse) {
    Admitted {
      sockets = Set.copyOf(sockets);
    }
  }

  public Admissions(int perUserMax, Purses purses) {
    this.perUserMax = perUserMax;
    this.purses = purses;
  }

  /// Counts one more, unless the person has as many as allowed. From now on it is told of their
  /// tokens that end.
  boolean enter(UUID user, Consumer<Ended> socket) {
    var entered = new boolean[1];
    persons.compute(
        user,
        (_, before) -> {
          var sockets =
              before == null ? new HashSet<Consumer<Ended>>() : new HashSet<>(before.sockets);
          entered[0] = sockets.size() < perUserMax;
          if (!entered[0]) {
            return before;
          }
          sockets.add(socket);
          return new Admitted(sockets, before == null ? purses.purse(user) : before.purse);
        });
    return entered[0];
  }

  void leave(UUID user, Consumer<Ended> socket) {
    persons.computeIfPresent(
        user,
        (_, before) -> {
          var sockets = new HashSet<>(before.sockets);
          sockets.remove(socket);
          return sockets.isEmpty() ? null : new Admitted(sockets, before.purse);
        });
  }

  /// Tells the sockets of whom it is about. Whether it means them they know themselves.
  public void ended(Ended end) {
    var admitted = persons.get(end.user());
    if (admitted != null) {
      admitted.sockets.forEach(socket -> socket.accept(end));
    }
  }

  /// People that are here.
  int people() {
    return persons.size();
  }

  /// Takes a token for a frame of somebody who has entered.
  ///
  /// @return 0, or if there is none how many milliseconds to wait
  long charge(UUID user) {
    var admitted = persons.get(user);
    return admitted == null ? 0 : admitted.purse.take();
  }
}
