package dev.parley.command.door;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Requests that wait for the outcome of their command, bounded. Several may wait for one command,
/// when a client sends it again before it is answered: once it is accepted they get the same
/// answer. A refusal answers its own copy alone, since the other may be accepted after it.
final class PendingCommands {

  /// Clients make the ids of commands: nobody is answered with another's outcome, or with that of
  /// another conversation.
  record Key(UUID command, UUID conversation, UUID actor) {}

  /// One request that waits.
  ///
  /// @param copy the number of its command among all of this node
  record Waiting(Key key, long copy, CompletableFuture<Answer> answer) {}

  private final int max;
  private final AtomicInteger count = new AtomicInteger();

  /// Not from one on: outcomes of commands from before a restart still come to this node's name.
  private final AtomicLong copies = new AtomicLong(System.currentTimeMillis() << 20);

  private final Map<Key, Set<Waiting>> waiting = new ConcurrentHashMap<>();

  PendingCommands(int max) {
    this.max = max;
  }

  /// Null over the limit.
  @Nullable Waiting register(Key key) {
    if (count.incrementAndGet() > max) {
      count.decrementAndGet();
      return null;
    }
    Waiting request = new Waiting(key, copies.incrementAndGet(), new CompletableFuture<>());
    waiting.compute(
        key,
        (_, present) -> {
          Set<Waiting> all = present == null ? ConcurrentHashMap.newKeySet() : present;
          all.add(request);
          return all;
        });
    return request;
  }

  /// Answers everybody who waits for the command; later outcomes of it find nobody.
  void answer(Key key, Answer answer) {
    Set<Waiting> all = waiting.remove(key);
    if (all != null) {
      all.forEach(one -> one.answer().complete(answer));
    }
  }

  /// Answers who waits for this copy of the command.
  ///
  /// @param copy 0: any
  void refuse(Key key, long copy, Answer answer) {
    waiting.getOrDefault(key, Set.of()).stream()
        .filter(one -> copy == 0 || one.copy() == copy)
        .forEach(one -> one.answer().complete(answer));
  }

  /// Every registered request is forgotten once, answered or not.
  void forget(Waiting request) {
    count.decrementAndGet();
    waiting.computeIfPresent(
        request.key(),
        (_, present) -> {
          present.remove(request);
          return present.isEmpty() ? null : present;
        });
  }

  int count() {
    return count.get();
  }
}
