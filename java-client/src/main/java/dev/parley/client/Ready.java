package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A connection knows who it is for, and has the inbox.
///
/// @param resumed whether what was missed follows as events. If not, whatever is on screen is to be
///   read again: the snapshot is a new start
/// @param cursor the place of the snapshot; empty where heads are needed
/// @param json the whole object, with what this version does not know
public record Ready(
    UUID session,
    UUID user,
    boolean guest,
    boolean resumed,
    String cursor,
    List<InboxItem> conversations,
    JsonNode json) {

  static Ready of(JsonNode json) {
    var items = new ArrayList<InboxItem>();
    json.path("conversations").forEach(item -> items.add(InboxItem.of(item)));
    return new Ready(
        Fields.id(json, "session"),
        Fields.id(json, "user"),
        json.path("guest").asBoolean(),
        json.path("resumed").asBoolean(),
        Fields.textOrEmpty(json, "cursor"),
        List.copyOf(items),
        json);
  }
}
