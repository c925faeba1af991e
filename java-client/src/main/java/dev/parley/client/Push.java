package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the server tells without a seq: it may be lost, and the next one or a read makes it good.
public sealed interface Push {

  /// How far somebody is. High-water marks; null where the push does not speak of one.
  record Mark(
      UUID conversation,
      UUID user,
      @Nullable Long delivered,
      @Nullable Long read,
      @Nullable UUID thread)
      implements Push {}

  /// A setting of one's own was changed on another device; null where it was not.
  record Settings(
      UUID conversation, JsonNode mutedUntil, @Nullable Boolean pinned, @Nullable Boolean archived)
      implements Push {}

  /// One's own draft; an empty text is none.
  record Draft(UUID conversation, String text) implements Push {}

  /// One hid this message from oneself.
  record Hidden(UUID conversation, UUID message) implements Push {}

  /// To be forgotten after six seconds.
  record Typing(UUID conversation, UUID user, @Nullable UUID thread) implements Push {}

  record Presence(UUID user, boolean online, @Nullable Instant lastSeen) implements Push {}

  /// @param people by account
  /// @param guests by connection
  record Counts(UUID conversation, long people, long guests) implements Push {}

  record Profile(UUID user, String name, String displayName) implements Push {}

  /// Of a type that this version does not know.
  record Unknown(String type, JsonNode content) implements Push {}

  static Push of(String type, JsonNode d) {
    return switch (type) {
      case "mark" ->
          new Mark(
              conversation(d),
              user(d),
              Fields.number(d, "delivered"),
              Fields.number(d, "read"),
              Fields.optionalId(d, "thread"));
      case "settings" ->
          new Settings(
              conversation(d),
              d.path("muted_until"),
              Fields.flag(d, "pinned"),
              Fields.flag(d, "archived"));
      case "draft" -> new Draft(conversation(d), Fields.textOrEmpty(d, "text"));
      case "hidden" -> new Hidden(conversation(d), Fields.id(d, "message"));
      case "typing" -> new Typing(conversation(d), user(d), Fields.optionalId(d, "thread"));
      case "presence" ->
          new Presence(user(d), d.path("online").asBoolean(), Fields.time(d, "last_seen"));
      case "counts" ->
          new Counts(conversation(d), d.path("people").asLong(), d.path("guests").asLong());
      case "profile" ->
          new Profile(
              Fields.id(d.path("user"), "id"),
              Fields.textOrEmpty(d.path("user"), "name"),
              Fields.textOrEmpty(d.path("user"), "display_name"));
      // Any text can come from a newer server, so this is no closed set.
      default -> new Unknown(type, d);
    };
  }

  private static UUID conversation(JsonNode d) {
    return Fields.id(d, "conversation");
  }

  private static UUID user(JsonNode d) {
    return Fields.id(d, "user");
  }
}
