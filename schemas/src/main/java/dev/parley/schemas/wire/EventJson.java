package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Events as clients see them: the `d` of an `event` frame and an element of a page of events.
public final class EventJson {

  private EventJson() {}

  /// @throws KeyMissingException if the author's content key has not arrived here yet
  public static ObjectNode toJson(Event event, ContentReader reader) {
    var json = Json.MAPPER.createObjectNode();
    json.put("conversation", event.conversation().toString());
    json.put("seq", event.seq());
    json.put("ordinal", event.ordinal());
    json.put("type", event.type());
    json.put("id", id(event).toString());
    json.put("at", Instant.ofEpochMilli(event.atMillis()).toString());
    json.put("actor", event.actor().toString());
    putData(json.putObject("data"), event, reader);
    if (!event.traceparent().isEmpty()) {
      json.put("trace", event.traceparent());
    }
    return json;
  }

  private static UUID id(Event event) {
    return event.data() instanceof EventData.MessageSent sent ? sent.message() : event.commandId();
  }

  private static void putData(ObjectNode data, Event event, ContentReader reader) {
    switch (event.data()) {
      case EventData.ConversationCreated(
              var kind,
              var title,
              var topic,
              var history,
              var imported) -> {
        data.put("kind", kind.wireName());
        data.put("title", title);
        data.put("topic", topic);
        data.put("history", history.wireName());
        putIfTrue(data, "imported", imported);
      }
      case EventData.MemberJoined(var user, var role) -> {
        data.put("user", user.toString());
        data.put("role", role.wireName());
      }
      case EventData.MemberLeft(var user) -> data.put("user", user.toString());
      case EventData.MemberRemoved(var user) -> data.put("user", user.toString());
      case EventData.MemberRoleChanged(var user, var role) -> {
        data.put("user", user.toString());
        data.put("role", role.wireName());
      }
      case EventData.MessageSent(var message, var body, var replyTo, var thread, var imported) -> {
        putBody(data, body, new Place(event.conversation(), message, event.actor()), reader);
        putId(data, "reply_to", replyTo);
        putId(data, "thread", thread);
        putIfTrue(data, "imported", imported);
      }
      case EventData.MessageEdited(var message, var revision, var body) -> {
        data.put("message", message.toString());
        data.put("revision", revision);
        putBody(data, body, new Place(event.conversation(), message, event.actor()), reader);
      }
      case EventData.MessageDeleted(var message) -> data.put("message", message.toString());
    }
  }

  private static void putBody(ObjectNode data, Body body, Place place, ContentReader reader) {
    switch (reader.open(body, place)) {
      case Opened.Readable(var content) -> putContent(data, content);
      case Opened.Erased() -> data.put("text", "").put("erased", true);
      case Opened.KeyMissing() -> throw new KeyMissingException(place.author());
    }
  }

  private static void putContent(ObjectNode data, Content content) {
    data.put("text", content.text());
    if (!content.mentions().isEmpty()) {
      var mentions = data.putArray("mentions");
      content.mentions().forEach(user -> mentions.add(user.toString()));
    }
  }

  private static void putId(ObjectNode data, String field, @Nullable UUID id) {
    if (id != null) {
      data.put(field, id.toString());
    }
  }

  private static void putIfTrue(ObjectNode data, String field, boolean value) {
    if (value) {
      data.put(field, true);
    }
  }
}
