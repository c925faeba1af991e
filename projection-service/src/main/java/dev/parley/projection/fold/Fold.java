package dev.parley.projection.fold;

import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.projection.fold.ViewChange.ConversationRow;
import dev.parley.projection.fold.ViewChange.EventRow;
import dev.parley.projection.fold.ViewChange.Head;
import dev.parley.projection.fold.ViewChange.OwnSend;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Folds a run of events into the rows that it changes. Knows nothing of what the view already
/// holds, so that a run costs one write a table, however many events it has.
public final class Fold {

  private final Map<UUID, ConversationFold> conversations = new LinkedHashMap<>();
  private final List<EventRow> events = new ArrayList<>();
  private final List<Aside> asides = new ArrayList<>();
  private final Map<Author, OwnSend> ownSends = new LinkedHashMap<>();

  private record Author(UUID conversation, UUID user) {}

  private Fold() {}

  /// @param run of each conversation the events in their order, without holes
  public static ViewChange fold(List<OpenedEvent> run) {
    var fold = new Fold();
    run.forEach(fold::add);
    return fold.change();
  }

  private void add(OpenedEvent opened) {
    var event = opened.event();
    conversations
        .computeIfAbsent(event.conversation(), id -> new ConversationFold(id, event.seq() - 1))
        .add(event, opened.written());
    events.add(new EventRow(event.conversation(), event.seq(), opened.record()));
    asides.addAll(Asides.of(event, opened.written()));
    if (event.data() instanceof EventData.MessageSent) {
      ownSends.put(
          new Author(event.conversation(), event.actor()),
          new OwnSend(event.conversation(), event.actor(), event.seq()));
    }
  }

  private ViewChange change() {
    var change =
        new ViewChange(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            events,
            List.copyOf(ownSends.values()),
            asides);
    conversations.values().forEach(conversation -> conversation.addTo(change));
    return change;
  }

  /// The part of the fold that belongs to one conversation.
  private static final class ConversationFold {

    private final UUID id;
    private final long before;
    private final MembersFold members;
    private final MessagesFold messages;
    private @Nullable Event created;
    private long seq;
    private long ordinal;
    private @Nullable Long lastAtMillis;
    private @Nullable Long lastMessageSeq;

    ConversationFold(UUID id, long before) {
      this.id = id;
      this.before = before;
      this.seq = before;
      this.members = new MembersFold(id);
      this.messages = new MessagesFold(id);
    }

    void add(Event event, Written written) {
      if (event.seq() != seq + 1) {
        throw new IllegalStateException(
            "Expected seq %d of conversation %s, but found %d".formatted(seq + 1, id, event.seq()));
      }
      seq = event.seq();
      ordinal = event.ordinal();
      switch (event.data()) {
        case EventData.ConversationCreated _ -> create(event);
        case EventData.MemberJoined(var user, var role) -> members.join(user, role, seq);
        case EventData.MemberLeft(var user) -> members.leave(user, seq);
        case EventData.MemberRemoved(var user) -> members.leave(user, seq);
        case EventData.MemberRoleChanged(var user, var role) -> members.changeRole(user, role);
        case EventData.MemberMuted(var user, var until) -> members.mute(user, until);
        case EventData.MessageSent sent -> {
          lastAtMillis = event.atMillis();
          lastMessageSeq = seq;
          messages.send(event, sent, written);
        }
        case EventData.MessageEdited edited -> messages.edit(event, edited, written);
        case EventData.MessageDeleted(var message, _) -> messages.delete(message);
        // Asides.
        case EventData.ConversationChanged _,
            EventData.ConversationArchived _,
            EventData.MemberBanned _,
            EventData.MemberUnbanned _,
            EventData.ReactionAdded _,
            EventData.ReactionRemoved _,
            EventData.MessagePinned _,
            EventData.MessageUnpinned _,
            EventData.ChannelAdded _,
            EventData.ChannelRemoved _,
            EventData.MessageScheduled _,
            EventData.ScheduleEnded _ -> {}
      }
    }

    private void create(Event event) {
      if (event.seq() != 1) {
        throw new IllegalStateException(
            "Expected the creation of conversation %s at seq 1, but found it at %d"
                .formatted(id, event.seq()));
      }
      created = event;
    }

    void addTo(ViewChange change) {
      var head = new Head(id, before, seq, ordinal, lastAtMillis, lastMessageSeq);
      if (created != null && created.data() instanceof EventData.ConversationCreated data) {
        change.conversations().add(row(created, data, head));
      } else {
        change.heads().add(head);
      }
      members.addTo(change);
      messages.addTo(change);
    }

    private ConversationRow row(Event event, EventData.ConversationCreated data, Head head) {
      return new ConversationRow(
          id,
          data.kind(),
          ViewText.of(data.title()),
          ViewText.of(data.topic()),
          data.history(),
          data.imported(),
          event.atMillis(),
          event.actor(),
          ViewText.of(data.avatar()),
          Asides.json(data.custom()),
          head);
    }
  }
}
