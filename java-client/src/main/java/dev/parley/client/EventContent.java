package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an event says. Fields that a view seldom needs are in [ConversationEvent#json].
public sealed interface EventContent {

  /// @param kind null for one of a newer server
  record Created(@Nullable ConversationKind kind, String title, String topic)
      implements EventContent {}

  /// Null is: unchanged.
  record Changed(
      @Nullable String title,
      @Nullable String topic,
      @Nullable String avatar,
      @Nullable Long slowModeSeconds)
      implements EventContent {}

  record Archived(boolean archived) implements EventContent {}

  record Joined(UUID user, @Nullable Role role) implements EventContent {}

  record Left(UUID user) implements EventContent {}

  record Removed(UUID user) implements EventContent {}

  record RoleChanged(UUID user, @Nullable Role role) implements EventContent {}

  /// @param until null: no longer muted
  record MemberMuted(UUID user, @Nullable Instant until) implements EventContent {}

  /// @param until null: for ever
  record Banned(UUID user, @Nullable Instant until, String reason) implements EventContent {}

  record Unbanned(UUID user) implements EventContent {}

  /// @param text empty for an erased author
  /// @param custom of custom types
  record Sent(
      String text,
      @Nullable String type,
      Map<String, String> custom,
      List<UUID> mentions,
      @Nullable UUID replyTo,
      @Nullable UUID thread,
      boolean erased)
      implements EventContent {}

  record Edited(UUID message, int revision, String text) implements EventContent {}

  /// @param expired it was deleted by its own time
  record Deleted(UUID message, boolean expired) implements EventContent {}

  record ReactionAdded(UUID message, String emoji) implements EventContent {}

  record ReactionRemoved(UUID message, String emoji) implements EventContent {}

  record Pinned(UUID message) implements EventContent {}

  record Unpinned(UUID message) implements EventContent {}

  record ChannelAdded(UUID channel) implements EventContent {}

  record ChannelRemoved(UUID channel) implements EventContent {}

  record Scheduled(UUID target, UUID message, Instant at) implements EventContent {}

  /// @param end `sent`, `cancelled` or `failed`
  record ScheduleEnded(UUID message, String end, String detail) implements EventContent {}

  /// Of a type that this version does not know: it counts for the order, and says nothing here.
  record Unknown(JsonNode data) implements EventContent {}

  static EventContent of(String type, JsonNode d) {
    return switch (type) {
      case "conversation.created" ->
          new Created(
              ConversationKind.fromWire(Fields.text(d, "kind")),
              Fields.textOrEmpty(d, "title"),
              Fields.textOrEmpty(d, "topic"));
      case "conversation.changed" ->
          new Changed(
              Fields.text(d, "title"),
              Fields.text(d, "topic"),
              Fields.text(d, "avatar"),
              Fields.number(d, "slow_mode_seconds"));
      case "conversation.archived" -> new Archived(d.path("archived").asBoolean());
      case "member.joined" -> new Joined(user(d), Role.fromWire(Fields.text(d, "role")));
      case "member.left" -> new Left(user(d));
      case "member.removed" -> new Removed(user(d));
      case "member.role_changed" -> new RoleChanged(user(d), Role.fromWire(Fields.text(d, "role")));
      case "member.muted" -> new MemberMuted(user(d), Fields.time(d, "until"));
      case "member.banned" ->
          new Banned(user(d), Fields.time(d, "until"), Fields.textOrEmpty(d, "reason"));
      case "member.unbanned" -> new Unbanned(user(d));
      case "message.sent" -> sent(d);
      case "message.edited" ->
          new Edited(message(d), d.path("revision").asInt(), Fields.textOrEmpty(d, "text"));
      case "message.deleted" -> new Deleted(message(d), d.path("expired").asBoolean());
      case "reaction.added" -> new ReactionAdded(message(d), Fields.textOrEmpty(d, "emoji"));
      case "reaction.removed" -> new ReactionRemoved(message(d), Fields.textOrEmpty(d, "emoji"));
      case "message.pinned" -> new Pinned(message(d));
      case "message.unpinned" -> new Unpinned(message(d));
      case "space.channel_added" -> new ChannelAdded(Fields.id(d, "channel"));
      case "space.channel_removed" -> new ChannelRemoved(Fields.id(d, "channel"));
      case "message.scheduled" ->
          new Scheduled(Fields.id(d, "target"), message(d), Fields.timeOrEpoch(d, "scheduled_at"));
      case "message.schedule_ended" ->
          new ScheduleEnded(
              message(d), Fields.textOrEmpty(d, "end"), Fields.textOrEmpty(d, "detail"));
      // Any text can come from a newer server, so this is no closed set.
      default -> new Unknown(d);
    };
  }

  private static Sent sent(JsonNode d) {
    return new Sent(
        Fields.textOrEmpty(d, "text"),
        Fields.text(d, "type"),
        Fields.map(d, "custom"),
        Fields.ids(d, "mentions"),
        Fields.optionalId(d, "reply_to"),
        Fields.optionalId(d, "thread"),
        d.path("erased").asBoolean());
  }

  private static UUID user(JsonNode d) {
    return Fields.id(d, "user");
  }

  private static UUID message(JsonNode d) {
    return Fields.id(d, "message");
  }
}
