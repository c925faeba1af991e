package dev.parley.edge.presence;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// What all nodes know together. A lease that is not renewed ends by itself; times are of the
/// store, not of the nodes. Calls take effect in their order.
public interface Leases {

  /// One who has a conversation on screen on this node.
  ///
  /// @param who a person, or the session of a guest
  record Here(UUID conversation, UUID who, boolean guest) {}

  /// @param lastSeenMillis 0: not known
  record Status(boolean online, long lastSeenMillis) {}

  /// @param people each once, over all nodes and devices
  record Counts(int people, int guests) {}

  /// Leases that this node has from now on, new or renewed, and those that it gives back. Other
  /// nodes are told of what changes by it.
  record Holding(
      Collection<UUID> online,
      Collection<UUID> offline,
      Collection<Here> here,
      Collection<Here> away) {

    boolean isEmpty() {
      return online.isEmpty() && offline.isEmpty() && here.isEmpty() && away.isEmpty();
    }
  }

  /// In one go; fails where the store is away, and then nothing is retried.
  CompletionStage<Void> hold(Holding holding);

  CompletionStage<Map<UUID, Status>> statuses(Collection<UUID> users);

  CompletionStage<Map<UUID, Counts>> counts(Collection<UUID> conversations);
}
