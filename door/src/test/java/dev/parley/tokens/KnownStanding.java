package dev.parley.tokens;

import dev.parley.tokens.Verdict.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A log in memory.
final class KnownStanding implements Standing {

  final CompletableFuture<Void> read = new CompletableFuture<>();
  final Set<UUID> people = new HashSet<>();
  final Map<UUID, Reason> ended = new HashMap<>();
  final List<Consumer<Ended>> listeners = new CopyOnWriteArrayList<>();

  /// One that was read already.
  static KnownStanding read() {
    var standing = new KnownStanding();
    standing.read.complete(null);
    return standing;
  }

  @Override
  public boolean isKnown() {
    return read.isDone();
  }

  @Override
  public CompletionStage<Void> known() {
    return read;
  }

  @Override
  public boolean knows(UUID person) {
    return people.contains(person);
  }

  @Override
  public @Nullable Reason ended(Caller caller) {
    return ended.get(caller.user());
  }

  @Override
  public void onEnd(Consumer<Ended> listener) {
    listeners.add(listener);
  }
}
