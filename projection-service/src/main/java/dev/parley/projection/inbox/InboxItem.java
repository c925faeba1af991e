package dev.parley.projection.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation in a person's inbox, words as on the wire.
///
/// @param peer the other person of a direct conversation
record InboxItem(
    UUID conversation,
    String kind,
    String title,
    String topic,
    String role,
    long headSeq,
    long headOrdinal,
    long lastAtMillis,
    @Nullable LastMessage lastMessage,
    long membersCount,
    @Nullable UUID peer,
    long joinedSeq) {

  /// @param text its beginning
  record LastMessage(UUID id, long seq, UUID author, long atMillis, String text, boolean deleted) {}

  ObjectNode toJson() {
    var json = Json.MAPPER.createObjectNode();
    json.put("conversation", conversation.toString());
    json.put("kind", kind);
    json.put("title", title);
    json.put("topic", topic);
    json.put("role", role);
    json.put("head_seq", headSeq);
    json.put("head_ordinal", headOrdinal);
    json.put("last_at", Instant.ofEpochMilli(lastAtMillis).toString());
    if (lastMessage == null) {
      json.putNull("last_message");
    } else {
      json.putObject("last_message")
          .put("id", lastMessage.id().toString())
          .put("seq", lastMessage.seq())
          .put("author", lastMessage.author().toString())
          .put("at", Instant.ofEpochMilli(lastMessage.atMillis()).toString())
          .put("text", lastMessage.text())
          .put("deleted", lastMessage.deleted());
    }
    json.put("members_count", membersCount);
    json.put("peer", peer == null ? null : peer.toString());
    json.put("joined_seq", joinedSeq);
    return json;
  }
}
