package dev.parley.projection.fold;

import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The asides of one event.
final class Asides {

  private Asides() {}

  static List<Aside> of(Event event, Written written) {
    UUID id = event.conversation();
    long seq = event.seq();
    return switch (event.data()) {
      case EventData.ConversationChanged(var change) ->
          List.of(new Aside.Changed(id, change, json(change.custom())));
      case EventData.ConversationArchived(var archived) ->
          List.of(new Aside.Archived(id, archived));
      case EventData.MemberBanned(var user, var until, var reason) ->
          List.of(new Aside.Banned(id, user, seq, until, ViewText.of(reason)));
      case EventData.MemberUnbanned(var user) -> List.of(new Aside.Unbanned(id, user));
      case EventData.ReactionAdded(var message, var emoji) ->
          List.of(new Aside.Reacted(id, message, event.actor(), ViewText.of(emoji), seq));
      case EventData.ReactionRemoved(var message, var emoji) ->
          List.of(new Aside.Unreacted(id, message, event.actor(), ViewText.of(emoji)));
      case EventData.MessagePinned(var message) ->
          List.of(new Aside.Pinned(id, message, event.actor(), seq));
      case EventData.MessageUnpinned(var message) -> List.of(new Aside.Unpinned(id, message));
      case EventData.ChannelAdded(var channel) -> List.of(new Aside.ChannelAdded(id, channel, seq));
      case EventData.ChannelRemoved(var channel) -> List.of(new Aside.ChannelRemoved(id, channel));
      case EventData.MessageScheduled scheduled -> List.of(scheduled(event, scheduled, written));
      case EventData.ScheduleEnded(var message, var end, var detail) ->
          List.of(
              new Aside.ScheduleEnded(id, message, end == ScheduleEnd.FAILED, ViewText.of(detail)));
      case EventData.MessageSent sent
          when !written.mentions().isEmpty() || sent.everyone() != Everyone.NONE ->
          List.of(
              new Aside.Mentioned(
                  id, sent.message(), seq, written.mentions(), sent.everyone() != Everyone.NONE));
      case EventData.MessageDeleted(var message, _) -> List.of(new Aside.MessageGone(id, message));
      case EventData.ConversationCreated _,
          EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
          EventData.MemberMuted _,
          EventData.MessageSent _,
          EventData.MessageEdited _ ->
          List.of();
    };
  }

  private static Aside scheduled(
      Event event, EventData.MessageScheduled scheduled, Written written) {
    var rest = Json.MAPPER.createObjectNode();
    var send = scheduled.send();
    rest.put("reply_to", send.replyTo() == null ? null : send.replyTo().toString());
    rest.put("thread", send.thread() == null ? null : send.thread().toString());
    rest.put("everyone", send.everyone().wireName());
    return new Aside.Scheduled(
        event.conversation(),
        scheduled.message(),
        scheduled.target(),
        event.seq(),
        scheduled.atMillis(),
        written,
        rest.toString());
  }

  /// Null: unchanged.
  static @Nullable String json(@Nullable Map<String, String> custom) {
    if (custom == null) {
      return null;
    }
    var json = Json.MAPPER.createObjectNode();
    custom.forEach((name, value) -> json.put(ViewText.of(name), ViewText.of(value)));
    return json.toString();
  }
}
