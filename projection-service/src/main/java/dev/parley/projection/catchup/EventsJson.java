package dev.parley.projection.catchup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.wire.EventJson;
import dev.parley.schemas.wire.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Pages of events as clients see them. A message that is gone since keeps its place, without its
/// text.
final class EventsJson {

  private EventsJson() {}

  static List<Event> decode(List<byte[]> records) {
    return records.stream().map(EventCodec::decode).map(ChainedEvent::event).toList();
  }

  /// The messages whose text the events would show.
  static Set<UUID> messages(List<Event> events) {
    var messages = new LinkedHashSet<UUID>();
    for (var event : events) {
      var message = message(event);
      if (message != null) {
        messages.add(message);
      }
    }
    return messages;
  }

  static ObjectNode page(
      List<Event> events, Map<UUID, Events.Gone> gone, long head, ContentReader reader) {
    var json = Json.MAPPER.createObjectNode();
    var array = json.putArray("events");
    for (var event : events) {
      var shown = EventJson.toJson(event, reader);
      var message = message(event);
      if (message != null && gone.get(message) instanceof Events.Gone why) {
        blank(shown.withObject("data"), why);
      }
      array.add(shown);
    }
    return json.put("head", head);
  }

  private static void blank(ObjectNode data, Events.Gone why) {
    var mark =
        switch (why) {
          case DELETED -> "deleted";
          case ERASED -> "erased";
        };
    data.put("text", "")
        .put(mark, true)
        .remove(List.of("mentions", "type", "custom", "attachments"));
  }

  private static @Nullable UUID message(Event event) {
    return switch (event.data()) {
      case EventData.MessageSent sent -> sent.message();
      case EventData.MessageEdited edited -> edited.message();
      case EventData.ConversationCreated _,
          EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
          EventData.MessageDeleted _,
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
          EventData.ScheduleEnded _ ->
          null;
    };
  }
}
