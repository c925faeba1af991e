package dev.parley.edge.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.wire.Json;
import java.util.List;
import java.util.UUID;

/// The frames that the hub sends besides events.
final class HubFrames {

  private HubFrames() {}

  static Frame ready(Receiver receiver, String cursor, boolean resumed, List<Inbox.Item> items) {
    var content = content();
    content.put("session", receiver.id().toString());
    content.put("user", receiver.user().toString());
    content.put("guest", false);
    content.put("cursor", cursor);
    content.put("resumed", resumed);
    var conversations = content.putArray("conversations");
    items.forEach(item -> conversations.add(item.json()));
    return Frame.push("ready", content);
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
