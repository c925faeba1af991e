package dev.parley.stack.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The ports of the nodes of each target, all on the loopback interface, and whose turn it is. A
/// node that could not be reached is passed over for a while; when all are, they are tried
/// nevertheless.
final class Backends {

  private static final long PASSED_OVER_NANOS = 2_000_000_000L;

  private final Map<Target, List<Integer>> ports;
  private final Map<Target, Integer> turns = new HashMap<>();
  private final Map<Integer, Long> unreachableUntil = new HashMap<>();

  Backends(Map<Target, List<Integer>> ports) {
    this.ports = Map.copyOf(ports);
  }

  /// The nodes to try, in order; the first is another one each time.
  synchronized List<Integer> inTurn(Target target, long nowNanos) {
    List<Integer> nodes = ports.getOrDefault(target, List.of());
    List<Integer> reachable = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    int turn = turns.merge(target, 1, Integer::sum);
    for (int i = 0; i < nodes.size(); i++) {
      int port = nodes.get(Math.floorMod(turn + i, nodes.size()));
      Long until = unreachableUntil.get(port);
      (until != null && nowNanos - until < 0 ? others : reachable).add(port);
    }
    reachable.addAll(others);
    return reachable;
  }

  synchronized void unreachable(int port, long nowNanos) {
    unreachableUntil.put(port, nowNanos + PASSED_OVER_NANOS);
  }
}
