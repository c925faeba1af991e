package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation of one's own as the inbox shows it.
///
/// @param peer the other person of a direct conversation
/// @param joinedSeq seq of the event that began the person's present stay; 0: not told
/// @param json the whole object, with what this version does not know
public record InboxItem(
    UUID conversation,
    @Nullable ConversationKind kind,
    @Nullable String title,
    @Nullable String topic,
    @Nullable String avatar,
    @Nullable Role role,
    long headSeq,
    @Nullable Instant lastAt,
    long membersCount,
    long joinedSeq,
    @Nullable UUID peer,
    long deliveredSeq,
    long readSeq,
    long unread,
    long mentions,
    JsonNode json) {

  public static InboxItem of(JsonNode json) {
    return new InboxItem(
        Fields.id(json, "conversation"),
        ConversationKind.fromWire(Fields.text(json, "kind")),
        Fields.text(json, "title"),
        Fields.text(json, "topic"),
        Fields.text(json, "avatar"),
        Role.fromWire(Fields.text(json, "role")),
        json.path("head_seq").asLong(),
        Fields.time(json, "last_at"),
        json.path("members_count").asLong(),
        json.path("joined_seq").asLong(),
        Fields.optionalId(json, "peer"),
        json.path("delivered_seq").asLong(),
        json.path("read_seq").asLong(),
        json.path("unread").asLong(),
        json.path("mentions").asLong(),
        json);
  }
}
