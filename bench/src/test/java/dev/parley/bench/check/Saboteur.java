package dev.parley.bench.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bench.check.history.ClientHistory;
import dev.parley.client.ChatListener;
import dev.parley.client.ConnectionState;
import dev.parley.client.ConversationEvent;
import dev.parley.client.Ready;
import dev.parley.schemas.conversation.Role;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Stands between a client and its recorder, and once does something wrong with an event, as a
/// broken edge or client would.
final class Saboteur implements ChatListener {

  /// A bug.
  enum Bug {
    /// The event is dropped.
    DROPS(AnomalyKind.HOLE),
    /// It is told twice.
    REPEATS(AnomalyKind.DUPLICATED),
    /// It is told after the next one of its conversation.
    SWAPS(AnomalyKind.REORDERED),
    /// It is not the event that everybody else was told.
    CHANGES(AnomalyKind.DIVERGED),
    /// It is told with another text.
    REWRITES(AnomalyKind.PHANTOM),
    /// From it on nothing of its conversation is told.
    FORGETS(AnomalyKind.LOST);

    private final AnomalyKind kind;

    Bug(AnomalyKind kind) {
      this.kind = kind;
    }

    AnomalyKind kind() {
      return kind;
    }
  }

  // Late enough for everybody to be there, early enough for something to follow.
  private static final int SABOTAGED = 5;

  private final ClientHistory recorder;
  private final Bug bug;
  // Of these it is told to the end, since an owner never leaves.
  private final Set<UUID> owned = new HashSet<>();
  private int messages;
  private boolean done;
  private @Nullable ConversationEvent kept;
  private @Nullable UUID forgotten;

  Saboteur(ClientHistory recorder, Bug bug) {
    this.recorder = recorder;
    this.bug = bug;
  }

  @Override
  public synchronized void event(ConversationEvent event) {
    if (event.conversation().equals(forgotten)) {
      return;
    }
    if (event.type().equals("conversation.created") && event.actor().equals(recorder.user())) {
      owned.add(event.conversation());
    }
    if (!done
        && owned.contains(event.conversation())
        && event.type().equals("message.sent")
        && ++messages == SABOTAGED) {
      done = true;
      sabotage(event);
      return;
    }
    recorder.event(event);
    var late = kept;
    if (late != null && late.conversation().equals(event.conversation())) {
      kept = null;
      recorder.event(late);
    }
  }

  /// Whether the bug has shown.
  synchronized boolean done() {
    return done;
  }

  private void sabotage(ConversationEvent event) {
    switch (bug) {
      case DROPS -> {}
      case REPEATS -> {
        recorder.event(event);
        recorder.event(event);
      }
      case SWAPS -> kept = event;
      case CHANGES -> recorder.event(changed(event, json -> json.put("ordinal", -1)));
      case REWRITES ->
          recorder.event(
              changed(event, json -> json.withObject("data").put("text", "nobody said this")));
      case FORGETS -> forgotten = event.conversation();
    }
  }

  @Override
  public void repeated(ConversationEvent event) {
    recorder.repeated(event);
  }

  @Override
  public void gap(UUID conversation, long from, long to) {
    recorder.gap(conversation, from, to);
  }

  @Override
  public synchronized void ready(Ready ready) {
    ready.conversations().stream()
        .filter(item -> item.role() == Role.OWNER)
        .forEach(item -> owned.add(item.conversation()));
    recorder.ready(ready);
  }

  @Override
  public void state(ConnectionState state) {
    recorder.state(state);
  }

  @Override
  public void ended(int code, String reason) {
    recorder.ended(code, reason);
  }

  private static ConversationEvent changed(ConversationEvent event, Consumer<ObjectNode> change) {
    ObjectNode json = event.json().deepCopy();
    change.accept(json);
    return new ConversationEvent(
        event.conversation(),
        event.seq(),
        event.ordinal(),
        event.type(),
        event.id(),
        event.at(),
        event.actor(),
        json,
        event.receivedNanos());
  }
}
