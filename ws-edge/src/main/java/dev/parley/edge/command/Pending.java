package dev.parley.edge.command;

import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Commands that wait for their outcome. One sent again before it is answered waits with the first:
/// once it is accepted both are answered. A refusal answers its own copy alone, since the other may
/// be accepted after it. Safe from any thread.
final class Pending {

  private final Map<Key, Waiting> waiting = new ConcurrentHashMap<>();

  /// The actor belongs to it: a stranger who repeats somebody's id waits for nothing of theirs.
  record Key(UUID commandId, UUID conversation, UUID actor) {}

  /// @param creates whether the answer is the event that creates the conversation, and not one of
  ///   those that follow it
  record Waiting(boolean creates, long deadlineMillis, List<Copy> copies) {
    Waiting {
      copies = List.copyOf(copies);
    }

    List<Answer> answers() {
      return copies.stream().map(Copy::answer).toList();
    }

    private Waiting of(Predicate<Copy> which) {
      return new Waiting(creates, deadlineMillis, copies.stream().filter(which).toList());
    }
  }

  /// One that was sent.
  record Copy(long number, Answer answer) {}

  int size() {
    return waiting.size();
  }

  void put(Key key, boolean creates, long deadlineMillis, Copy copy) {
    waiting.merge(key, new Waiting(creates, deadlineMillis, List.of(copy)), Pending::both);
  }

  /// Who waits for this event, and does no longer.
  @Nullable Waiting take(Event event) {
    var key = new Key(event.commandId(), event.conversation(), event.actor());
    var found = waiting.get(key);
    if (found == null
        || (found.creates() && !(event.data() instanceof EventData.ConversationCreated))) {
      return null;
    }
    return waiting.remove(key);
  }

  @Nullable Waiting take(Key key) {
    return waiting.remove(key);
  }

  /// Who waits for this copy.
  ///
  /// @param number 0: for any
  List<Answer> take(Key key, long number) {
    var taken = new ArrayList<Answer>();
    waiting.computeIfPresent(
        key,
        (_, all) -> {
          Predicate<Copy> isMeant = copy -> number == 0 || copy.number() == number;
          taken.addAll(all.of(isMeant).answers());
          var left = all.of(isMeant.negate());
          return left.copies().isEmpty() ? null : left;
        });
    return taken;
  }

  List<Waiting> takeOverdue(long nowMillis) {
    var overdue = new ArrayList<Waiting>();
    waiting.forEach((key, candidate) -> {
      if (candidate.deadlineMillis() <= nowMillis && waiting.remove(key, candidate)) {
        overdue.add(candidate);
      }
    });
    return overdue;
  }

  private static Waiting both(Waiting first, Waiting second) {
    var copies = new ArrayList<>(first.copies());
    copies.addAll(second.copies());
    return new Waiting(first.creates(), second.deadlineMillis(), copies);
  }
}
