package dev.parley.edge.command;

import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Commands that wait for their outcome. One sent again before it is answered waits with the first.
/// Safe from any thread.
final class Pending {

  private final Map<Key, Waiting> waiting = new ConcurrentHashMap<>();

  /// The actor belongs to it: a stranger who repeats somebody's id waits for nothing of theirs.
  record Key(UUID commandId, UUID conversation, UUID actor) {}

  /// @param creates whether the answer is the event that creates the conversation, and not one of
  ///   those that follow it
  record Waiting(boolean creates, long deadlineMillis, List<Answer> answers) {
    Waiting {
      answers = List.copyOf(answers);
    }
  }

  int size() {
    return waiting.size();
  }

  void put(Key key, boolean creates, long deadlineMillis, Answer answer) {
    waiting.merge(key, new Waiting(creates, deadlineMillis, List.of(answer)), Pending::both);
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
    var answers = new ArrayList<>(first.answers());
    answers.addAll(second.answers());
    return new Waiting(first.creates(), second.deadlineMillis(), answers);
  }
}
