package dev.parley.projection.delivery;

import dev.parley.log.LogEntry;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.outcome.NodePushCodec;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.schemas.topic.Topics;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an entry of the log is to Redis. Content stays sealed.
sealed interface Push {

  /// @param record value of the record of `parley.events`
  /// @param node that waits for it without being subscribed to the conversation, or null
  /// @param people whose list of conversations it changes
  @SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
  record OfEvent(
      UUID conversation, long seq, byte[] record, @Nullable String node, List<UUID> people)
      implements Push {

    byte[] nodeMessage() {
      return NodePushCodec.event(record);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
  record OfOutcome(String channel, byte[] message) implements Push {}

  /// An outcome that nobody waits for.
  record Nothing() implements Push {}

  /// @throws IllegalArgumentException if the entry is none that this version knows
  static Push of(LogEntry entry) {
    return switch (entry.partition().topic()) {
      case Topics.EVENTS -> ofEvent(entry);
      case Topics.REJECTIONS -> ofOutcome(entry);
      default -> throw new IllegalArgumentException("Expected no entry of " + entry.partition());
    };
  }

  private static Push ofEvent(LogEntry entry) {
    var event = entry.event().event();
    return new OfEvent(
        event.conversation(), event.seq(), entry.value(), entry.origin(), people(event));
  }

  private static Push ofOutcome(LogEntry entry) {
    var origin = entry.outcome().origin();
    return origin.isEmpty()
        ? new Nothing()
        : new OfOutcome(RedisNames.node(origin), NodePushCodec.outcome(entry.value()));
  }

  private static List<UUID> people(Event event) {
    return switch (event.data()) {
      case EventData.ConversationCreated _ -> List.of(event.actor());
      case EventData.MemberJoined(var user, _) -> List.of(user);
      case EventData.MemberLeft(var user) -> List.of(user);
      case EventData.MemberRemoved(var user) -> List.of(user);
      case EventData.MemberRoleChanged _,
          EventData.MessageSent _,
          EventData.MessageEdited _,
          EventData.MessageDeleted _ ->
          List.of();
    };
  }
}
