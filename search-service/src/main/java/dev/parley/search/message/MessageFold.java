package dev.parley.search.message;

import dev.parley.schemas.content.Content;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Folds the message events of a batch into documents, the last state of each. An event that a
/// document has in it already changes nothing, so a batch may come again.
public final class MessageFold {

  private final Map<String, MessageDocument> documents = new HashMap<>();
  private final Map<String, MessageDocument> changed = new LinkedHashMap<>();
  private final Predicate<UUID> erased;

  /// @param stored documents of [#needed], those that exist
  /// @param erased whether a person was: a forward of what they wrote goes with its later edits
  public MessageFold(Collection<MessageDocument> stored, Predicate<UUID> erased) {
    this.erased = erased;
    stored.forEach(document -> documents.put(document.key(), document));
  }

  /// Keys of the messages that these events change and do not send.
  public static Set<String> needed(Collection<Event> events) {
    var sent = new LinkedHashSet<String>();
    var needed = new LinkedHashSet<String>();
    for (var event : events) {
      switch (event.data()) {
        case EventData.MessageSent message -> sent.add(key(event, message.message()));
        case EventData.MessageEdited message -> needed.add(key(event, message.message()));
        case EventData.MessageDeleted message -> needed.add(key(event, message.message()));
        case EventData.ConversationCreated _,
            EventData.MemberJoined _,
            EventData.MemberLeft _,
            EventData.MemberRemoved _,
            EventData.MemberRoleChanged _,
            EventData.ConversationChanged _,
            EventData.ConversationArchived _,
            EventData.MemberMuted _,
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
    needed.removeAll(sent);
    return needed;
  }

  /// @param content of a sent or edited message; null where its author was erased, and of all other
  ///   events
  public void apply(Event event, @Nullable Content content) {
    switch (event.data()) {
      case EventData.MessageSent sent -> put(withContent(sent(event, sent), content));
      case EventData.MessageEdited(var message, var revision, var _) -> {
        var edited = original(event, message).changed(event.seq(), event.atMillis(), revision);
        put(withContent(edited, content));
      }
      case EventData.MessageDeleted(var message, _) -> {
        var original = original(event, message);
        put(
            original
                .changed(event.seq(), event.atMillis(), original.revision())
                .emptied(MessageState.DELETED));
      }
      case EventData.ConversationCreated _,
          EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.MemberMuted _,
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

  /// The documents that differ from the stored ones.
  public List<MessageDocument> changed() {
    return List.copyOf(changed.values());
  }

  private static MessageDocument sent(Event event, EventData.MessageSent sent) {
    return new MessageDocument(
        sent.message(),
        event.conversation(),
        event.actor(),
        sent.forwarded() == null ? null : sent.forwarded().author(),
        sent.thread(),
        sent.replyTo(),
        List.of(),
        event.seq(),
        event.seq(),
        event.ordinal(),
        event.atMillis(),
        null,
        0,
        MessageState.LIVE,
        sent.imported(),
        "",
        List.of(),
        "",
        null,
        null);
  }

  private MessageDocument withContent(MessageDocument document, @Nullable Content content) {
    var origin = document.originAuthor();
    return content == null || (origin != null && erased.test(origin))
        ? document.erased()
        : document.readable(content);
  }

  private MessageDocument original(Event event, UUID message) {
    var original = documents.get(key(event, message));
    if (original == null) {
      throw new IllegalStateException(
          "Expected message %s of event %d of %s to be indexed, but it is not"
              .formatted(message, event.seq(), event.conversation()));
    }
    return original;
  }

  private static String key(Event event, UUID message) {
    return MessageDocument.key(event.conversation(), message);
  }

  private void put(MessageDocument document) {
    var stored = documents.get(document.key());
    if (stored == null || stored.changedSeq() < document.changedSeq()) {
      documents.put(document.key(), document);
      changed.put(document.key(), document);
    }
  }
}
