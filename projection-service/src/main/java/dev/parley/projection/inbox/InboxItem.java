package dev.parley.projection.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.http.Stored;
import dev.parley.schemas.wire.Json;
import dev.parley.schemas.wire.PersonalJson;
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
    long joinedSeq,
    Details details,
    Own own) {

  /// @param custom JSON
  /// @param mutedUntilMillis when the person may speak again; 0: may
  record Details(
      String avatar, String custom, boolean archived, int slowModeSeconds, long mutedUntilMillis) {}

  /// What the person keeps, and what follows from it.
  ///
  /// @param unread messages after the read mark, by subtraction of ordinals
  /// @param space where the person finds it; null: in none
  /// @param mutedUntilMillis no notice until then; -1: for ever; 0: notices
  record Own(
      long delivered,
      long read,
      long unread,
      long mentions,
      long mutedUntilMillis,
      boolean pinned,
      boolean archived,
      String draft,
      @Nullable String space) {

    boolean isMutedAt(long millis) {
      return mutedUntilMillis < 0 || mutedUntilMillis > millis;
    }
  }

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
    json.put("avatar", details.avatar());
    json.set("custom", Stored.object(details.custom()));
    json.put("archived", details.archived());
    json.put("slow_mode_seconds", details.slowModeSeconds());
    json.put(
        "my_muted_until",
        details.mutedUntilMillis() == 0
            ? null
            : Instant.ofEpochMilli(details.mutedUntilMillis()).toString());
    json.put("delivered_seq", own.delivered());
    json.put("read_seq", own.read());
    json.put("unread", own.unread());
    json.put("mentions", own.mentions());
    json.putObject("settings")
        .put("muted_until", PersonalJson.mutedUntil(own.mutedUntilMillis()))
        .put("pinned", own.pinned())
        .put("archived", own.archived());
    json.put("draft", own.draft());
    json.put("space", own.space());
    return json;
  }
}
