package dev.parley.projection.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import java.util.List;

/// What is unread over all conversations that give notice.
///
/// @param conversations with something unread
record Totals(long conversations, long unread, long mentions) {

  static Totals of(List<InboxItem> items, long nowMillis) {
    long conversations = 0;
    long unread = 0;
    long mentions = 0;
    for (var item : items) {
      if (!item.own().isMutedAt(nowMillis)) {
        conversations += item.own().unread() > 0 ? 1 : 0;
        unread += item.own().unread();
        mentions += item.own().mentions();
      }
    }
    return new Totals(conversations, unread, mentions);
  }

  ObjectNode toJson() {
    return Json.MAPPER
        .createObjectNode()
        .put("conversations", conversations)
        .put("unread", unread)
        .put("mentions", mentions);
  }
}
