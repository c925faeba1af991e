package dev.parley.edge.testkit;

import dev.parley.edge.presence.Leases;
import dev.parley.edge.presence.PresenceFeed;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Leases of one node, which end when they are given back or forgotten.
public final class FakeLeases implements Leases, PresenceFeed {

  public final Set<UUID> online = new HashSet<>();
  public final Set<Here> here = new HashSet<>();
  public final Set<UUID> subscribed = new HashSet<>();
  public boolean away;

  /// Whether nothing was forgotten lately.
  public boolean whole = true;

  @Override
  public CompletionStage<Void> hold(Holding holding) {
    if (!away) {
      online.addAll(holding.online());
      online.removeAll(holding.offline());
      here.addAll(holding.here());
      here.removeAll(holding.away());
    }
    return answer(null);
  }

  @Override
  public CompletionStage<Look<Status>> statuses(Collection<UUID> users) {
    return answer(new Look<>(each(users, user -> new Status(online.contains(user), 0)), whole));
  }

  @Override
  public CompletionStage<Look<Counts>> counts(Collection<UUID> conversations) {
    return answer(
        new Look<>(
            each(conversations, id -> new Counts(count(id, false), count(id, true))), whole));
  }

  @Override
  public CompletionStage<Void> subscribePresence(UUID user) {
    subscribed.add(user);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void unsubscribePresence(UUID user) {
    subscribed.remove(user);
  }

  private int count(UUID conversation, boolean guest) {
    return (int)
        here.stream()
            .filter(one -> one.conversation().equals(conversation) && one.guest() == guest)
            .count();
  }

  private static <T> Map<UUID, T> each(Collection<UUID> ids, Function<UUID, T> value) {
    return ids.stream().collect(Collectors.toMap(id -> id, value));
  }

  private <T> CompletionStage<T> answer(T value) {
    return away
        ? CompletableFuture.failedStage(new IllegalStateException("away"))
        : CompletableFuture.completedStage(value);
  }
}
