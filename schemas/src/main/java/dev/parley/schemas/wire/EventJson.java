package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.time.Instant;
import java.util.Map;
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
      case EventData.ConversationCreated created -> {
        data.put("kind", created.kind().wireName());
        data.put("title", created.title());
        data.put("topic", created.topic());
        data.put("history", created.history().wireName());
        putIfTrue(data, "imported", created.imported());
        putText(data, "avatar", created.avatar());
        putCustom(data, created.custom());
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
      case EventData.MessageSent sent -> {
        var place = new Place(event.conversation(), sent.message(), event.actor());
        putBody(data, reader.open(sent.body(), place, sent.forwarded()), place);
        putId(data, "reply_to", sent.replyTo());
        putId(data, "thread", sent.thread());
        putIfTrue(data, "imported", sent.imported());
        putEveryone(data, sent.everyone());
        putTime(data, "expires_at", sent.expiresAtMillis());
        putForwarded(data, sent.forwarded());
      }
      case EventData.MessageEdited(var message, var revision, var body) -> {
        data.put("message", message.toString());
        data.put("revision", revision);
        var place = new Place(event.conversation(), message, event.actor());
        putBody(data, reader.open(body, place), place);
      }
      case EventData.MessageDeleted(var message, var expired) -> {
        data.put("message", message.toString());
        putIfTrue(data, "expired", expired);
      }
      case EventData.ConversationChanged(var change) -> putChange(data, change);
      case EventData.ConversationArchived(var archived) -> data.put("archived", archived);
      case EventData.MemberMuted(var user, var untilMillis) -> {
        data.put("user", user.toString());
        putTime(data, "until", untilMillis);
      }
      case EventData.MemberBanned(var user, var untilMillis, var reason) -> {
        data.put("user", user.toString());
        putTime(data, "until", untilMillis);
        putText(data, "reason", reason);
      }
      case EventData.MemberUnbanned(var user) -> data.put("user", user.toString());
      case EventData.ReactionAdded(var message, var emoji) ->
          data.put("message", message.toString()).put("emoji", emoji);
      case EventData.ReactionRemoved(var message, var emoji) ->
          data.put("message", message.toString()).put("emoji", emoji);
      case EventData.MessagePinned(var message) -> data.put("message", message.toString());
      case EventData.MessageUnpinned(var message) -> data.put("message", message.toString());
      case EventData.ChannelAdded(var channel) -> data.put("channel", channel.toString());
      case EventData.ChannelRemoved(var channel) -> data.put("channel", channel.toString());
      case EventData.MessageScheduled(var target, var message, var send, var atMillis) -> {
        data.put("target", target.toString());
        data.put("message", message.toString());
        putTime(data, "scheduled_at", atMillis);
        var place = new Place(target, message, event.actor());
        putBody(data, reader.open(send.body(), place, send.forwarded()), place);
        putId(data, "reply_to", send.replyTo());
        putId(data, "thread", send.thread());
        putEveryone(data, send.everyone());
        if (send.expiresAfterMillis() != 0) {
          data.put("expires_after_seconds", send.expiresAfterMillis() / 1_000);
        }
      }
      case EventData.ScheduleEnded(var message, var end, var detail) -> {
        data.put("message", message.toString());
        data.put("end", end.wireName());
        putText(data, "detail", detail);
      }
    }
  }

  private static void putBody(ObjectNode data, Opened opened, Place place) {
    switch (opened) {
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
    ContentJson.putRest(data, content);
  }

  private static void putChange(ObjectNode data, ConversationChange change) {
    if (change.title() != null) {
      data.put("title", change.title());
    }
    if (change.topic() != null) {
      data.put("topic", change.topic());
    }
    if (change.avatar() != null) {
      data.put("avatar", change.avatar());
    }
    if (change.custom() != null) {
      var custom = data.putObject("custom");
      change.custom().forEach(custom::put);
    }
    if (change.history() != null) {
      data.put("history", change.history().wireName());
    }
    if (change.slowModeSeconds() != null) {
      data.put("slow_mode_seconds", change.slowModeSeconds());
    }
  }

  private static void putCustom(ObjectNode data, Map<String, String> entries) {
    if (!entries.isEmpty()) {
      var custom = data.putObject("custom");
      entries.forEach(custom::put);
    }
  }

  private static void putEveryone(ObjectNode data, Everyone everyone) {
    if (everyone != Everyone.NONE) {
      data.put("everyone", everyone.wireName());
    }
  }

  private static void putForwarded(ObjectNode data, @Nullable Forwarded forwarded) {
    if (forwarded != null) {
      data.putObject("forwarded")
          .put("conversation", forwarded.conversation().toString())
          .put("message", forwarded.message().toString())
          .put("author", forwarded.author().toString());
    }
  }

  private static void putTime(ObjectNode data, String field, long millis) {
    if (millis != 0) {
      data.put(field, Instant.ofEpochMilli(millis).toString());
    }
  }

  private static void putText(ObjectNode data, String field, String text) {
    if (!text.isEmpty()) {
      data.put(field, text);
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
