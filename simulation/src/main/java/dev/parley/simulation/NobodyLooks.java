package dev.parley.simulation;

import dev.parley.edge.presence.Leases;
import dev.parley.edge.presence.PresenceFeed;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Presence, which nobody looks at here.
final class NobodyLooks implements Leases, PresenceFeed {

  @Override
  public CompletionStage<Void> hold(Holding holding) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Look<Status>> statuses(Collection<UUID> users) {
    return CompletableFuture.completedStage(new Look<>(Map.of(), true));
  }

  @Override
  public CompletionStage<Look<Counts>> counts(Collection<UUID> conversations) {
    return CompletableFuture.completedStage(new Look<>(Map.of(), true));
  }

  @Override
  public CompletionStage<Void> subscribePresence(UUID user) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void unsubscribePresence(UUID user) {}
}
