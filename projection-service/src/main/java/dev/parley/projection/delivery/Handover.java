package dev.parley.projection.delivery;

import dev.parley.log.LogEntry;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserProfile;
import dev.parley.schemas.wire.PersonalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// What an entry of the log is to Redis. Content stays sealed.
sealed interface Handover {

  /// @param record value of the record of `parley.events`, for the tail
  /// @param message the same as a push
  /// @param alsoTo channels besides the conversation's: of the node that waits without being
  ///   subscribed, of people whom it concerns
  @SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
  record OfEvent(UUID conversation, long seq, byte[] record, byte[] message, List<String> alsoTo)
      implements Handover {}

  /// To some channels, and into no tail.
  @SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
  record Beside(List<String> channels, byte[] message) implements Handover {}

  /// @param conversationsOf the conversations of a person, who learn of a new profile
  /// @throws IllegalArgumentException if the entry is none that this version knows
  static Handover of(LogEntry entry, Function<UUID, List<UUID>> conversationsOf) {
    if (entry.value().length == 0) {
      return new Beside(List.of(), entry.value());
    }
    return switch (entry.partition().topic()) {
      case Topics.EVENTS -> ofEvent(entry);
      case Topics.REJECTIONS -> ofOutcome(entry);
      case Topics.MARKS -> ofPersonal(entry.personal(), entry.value());
      case Topics.USERS -> ofProfile(entry.user(), conversationsOf);
      default -> throw new IllegalArgumentException("Expected no entry of " + entry.partition());
    };
  }

  private static Handover ofEvent(LogEntry entry) {
    var event = entry.event().event();
    var alsoTo = new ArrayList<String>();
    var node = entry.origin();
    if (node != null) {
      alsoTo.add(RedisNames.node(node));
    }
    people(event).forEach(user -> alsoTo.add(RedisNames.user(user)));
    return new OfEvent(
        event.conversation(), event.seq(), entry.value(), PushCodec.event(entry.value()), alsoTo);
  }

  private static Handover ofOutcome(LogEntry entry) {
    var origin = entry.outcome().origin();
    return new Beside(
        origin.isEmpty() ? List.of() : List.of(RedisNames.node(origin)),
        PushCodec.outcome(entry.value()));
  }

  private static Handover ofPersonal(PersonalEntry entry, byte[] record) {
    if (entry.value() instanceof Personal.Moderation) {
      // Read by moderators, and pushed to nobody.
      return new Beside(List.of(), record);
    }
    var own = RedisNames.user(entry.user());
    return new Beside(
        PersonalJson.isShared(entry)
            ? List.of(own, RedisNames.conversation(entry.conversation()))
            : List.of(own),
        PushCodec.personal(record));
  }

  private static Handover ofProfile(UserProfile user, Function<UUID, List<UUID>> conversationsOf) {
    var channels = new ArrayList<String>();
    channels.add(RedisNames.user(user.id()));
    // The first version is of somebody whom nobody knows yet.
    if (user.version() > 1) {
      conversationsOf.apply(user.id()).forEach(id -> channels.add(RedisNames.conversation(id)));
    }
    return new Beside(
        channels,
        PushCodec.profile(
            new Push.ProfilePush(user.id(), user.version(), user.name(), user.displayName())));
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
          EventData.MessageDeleted _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.MemberMuted _,
          EventData.MemberBanned _,
          EventData.MemberUnbanned _,
          EventData.ReactionAdded _,
          EventData.ReactionRemoved _,
          EventData.MessagePinned _,
          EventData.MessageUnpinned _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ ->
          List.of();
    };
  }
}
