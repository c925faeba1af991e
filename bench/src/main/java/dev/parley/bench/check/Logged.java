package dev.parley.bench.check;

import dev.parley.bench.check.history.Digests;
import dev.parley.log.LogEntry;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.wire.EventJson;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as it stands in the log.
///
/// @param identity as clients see it; [Digests#identity]
/// @param about the message or the person that it is about; null: neither
/// @param detail what a fold needs besides: emoji, history, thread; empty: nothing
public record Logged(
    long seq,
    long ordinal,
    long atMillis,
    long identity,
    String type,
    UUID command,
    UUID actor,
    @Nullable UUID about,
    String detail,
    int partition,
    long offset) {

  // What the log keeps sealed is no part of an identity, so every key may be taken for destroyed.
  private static final ContentReader SEALED = new ContentReader(_ -> new KeyLookup.Erased());

  static Logged of(LogEntry entry, Event event) {
    var command =
        event.data() instanceof EventData.MessageSent sent ? sent.message() : event.commandId();
    return new Logged(
        event.seq(),
        event.ordinal(),
        event.atMillis(),
        Digests.identity(EventJson.toJson(event, SEALED)),
        event.type(),
        command,
        event.actor(),
        about(event.data()),
        detail(event.data()),
        entry.partition().number(),
        entry.offset());
  }

  /// Where it stands, for whoever looks it up.
  public String place() {
    return "partition " + partition + " offset " + offset;
  }

  private static @Nullable UUID about(EventData data) {
    return switch (data) {
      case EventData.MemberJoined(var user, _) -> user;
      case EventData.MemberLeft(var user) -> user;
      case EventData.MemberRemoved(var user) -> user;
      case EventData.MemberRoleChanged(var user, _) -> user;
      case EventData.MemberMuted(var user, _) -> user;
      case EventData.MemberBanned(var user, _, _) -> user;
      case EventData.MemberUnbanned(var user) -> user;
      case EventData.MessageSent sent -> sent.message();
      case EventData.MessageEdited(var message, _, _) -> message;
      case EventData.MessageDeleted(var message, _) -> message;
      case EventData.ReactionAdded(var message, _) -> message;
      case EventData.ReactionRemoved(var message, _) -> message;
      case EventData.MessagePinned(var message) -> message;
      case EventData.MessageUnpinned(var message) -> message;
      case EventData.ConversationCreated _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ ->
          null;
    };
  }

  private static String detail(EventData data) {
    return switch (data) {
      case EventData.MessageSent sent -> sent.thread() == null ? "" : sent.thread().toString();
      case EventData.ReactionAdded(_, var emoji) -> emoji;
      case EventData.ReactionRemoved(_, var emoji) -> emoji;
      case EventData.MessageEdited(_, var revision, _) -> Integer.toString(revision);
      case EventData.ConversationCreated created ->
          created.kind().wireName() + " " + created.history().wireName();
      case EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
          EventData.MemberMuted _,
          EventData.MemberBanned _,
          EventData.MemberUnbanned _,
          EventData.MessageDeleted _,
          EventData.MessagePinned _,
          EventData.MessageUnpinned _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ ->
          "";
    };
  }
}
