package dev.parley.command.door;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Requests that wait for the outcome of their command, bounded. Several may wait for one command,
/// when a client sends it again before it is answered: they get the same answer.
final class PendingCommands {

  /// Clients make the ids of commands: nobody is answered with another's outcome, or with that of
  /// another conversation.
  record Key(UUID command, UUID conversation, UUID actor) {}

  /// One request that waits.
  record Waiting(Key key, CompletableFuture<Answer> answer) {}

  private final int max;
  private final AtomicInteger count = new AtomicInteger();
  private final Map<Key, Set<CompletableFuture<Answer>>> waiting = new ConcurrentHashMap<>();

  PendingCommands(int max) {
    this.max = max;
  }

  /// Null over the limit.
  @Nullable Waiting register(Key key) {
    if (count.incrementAndGet() > max) {
      count.decrementAndGet();
      return null;
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.compute(
        key,
        (_, present) -> {
          Set<CompletableFuture<Answer>> all =
              present == null ? ConcurrentHashMap.newKeySet() : present;
          all.add(answer);
          return all;
        });
    return new Waiting(key, answer);
  }

  /// Answers everybody who waits for the command; later outcomes of it find nobody.
  void answer(Key key, Answer answer) {
    Set<CompletableFuture<Answer>> all = waiting.remove(key);
    if (all != null) {
      all.forEach(one -> one.complete(answer));
    }
  }

  /// Every registered request is forgotten once, answered or not.
  void forget(Waiting request) {
    count.decrementAndGet();
    waiting.computeIfPresent(
        request.key(),
        (_, present) -> {
          present.remove(request.answer());
          return present.isEmpty() ? null : present;
        });
  }

  int count() {
    return count.get();
  }
}
