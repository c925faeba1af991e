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
  record Counts(int people, int guests) {

    boolean isAtLeast(Counts other) {
      return people >= other.people && guests >= other.guests;
    }
  }

  /// What the store holds of each that was asked for.
  ///
  /// @param whole false: the store forgot everything less than a lease ago, and some nodes may not
  ///   have told it of theirs again, so that what it does not hold means nothing yet
  record Look<T>(Map<UUID, T> values, boolean whole) {}

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

  CompletionStage<Look<Status>> statuses(Collection<UUID> users);

  CompletionStage<Look<Counts>> counts(Collection<UUID> conversations);
}
