package dev.parley.edge.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The frames that the hub sends besides events.
final class HubFrames {

  private HubFrames() {}

  /// What `ready` says of the way it was reached.
  ///
  /// @param resumed whether the client's position is gone on from
  /// @param epochChanged whether that position was of another log
  record Way(String epoch, String cursor, boolean resumed, boolean epochChanged) {}

  static Frame ready(Receiver receiver, Way way, Inbox.Snapshot inbox) {
    var content = content();
    content.put("session", receiver.id().toString());
    content.put("user", receiver.user().toString());
    content.put("guest", receiver.isGuest());
    content.put("epoch", way.epoch());
    content.put("cursor", way.cursor());
    content.put("resumed", way.resumed());
    if (way.epochChanged()) {
      content.put("epoch_changed", true);
    }
    var conversations = content.putArray("conversations");
    inbox.items().forEach(item -> conversations.add(item.json()));
    if (inbox.truncated()) {
      content.put("truncated", true);
    }
    putTotal(content.putObject("total"), inbox.items());
    return Frame.push("ready", content);
  }

  /// Over all conversations but those that are muted or archived.
  private static void putTotal(ObjectNode total, List<Inbox.Item> items) {
    long conversations = 0;
    long unread = 0;
    long mentions = 0;
    for (var item : items) {
      var settings = item.json().path("settings");
      if (isPast(settings.path("muted_until")) && !settings.path("archived").asBoolean()) {
        unread += item.json().path("unread").asLong();
        mentions += item.json().path("mentions").asLong();
        conversations += item.json().path("unread").asLong() > 0 ? 1 : 0;
      }
    }
    total.put("conversations", conversations).put("unread", unread).put("mentions", mentions);
  }

  /// Absent, or a time that has passed; `forever` never passes.
  private static boolean isPast(JsonNode until) {
    if (!until.isTextual()) {
      return true;
    }
    return !"forever".equals(until.textValue())
        && Instant.parse(until.textValue()).isBefore(Instant.now());
  }

  /// Events `from` to `to`, both included, are not sent: the client reads them from history.
  static Frame gap(UUID conversation, long from, long to) {
    var content = content();
    content.put("conversation", conversation.toString());
    content.put("from", from);
    content.put("to", to);
    return Frame.push("gap", content);
  }

  static Frame live(String cursor) {
    return Frame.push("live", content().put("cursor", cursor));
  }

  private static ObjectNode content() {
    return Json.MAPPER.createObjectNode();
  }
}
