package dev.parley.schemas.event;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened. The envelope, [Event], says where, when and by whom.
public sealed interface EventData {

  /// The event's name on the wire, such as `message.sent`.
  default String type() {
    return switch (this) {
      case ConversationCreated _ -> "conversation.created";
      case MemberJoined _ -> "member.joined";
      case MemberLeft _ -> "member.left";
      case MemberRemoved _ -> "member.removed";
      case MemberRoleChanged _ -> "member.role_changed";
      case MessageSent _ -> "message.sent";
      case MessageEdited _ -> "message.edited";
      case MessageDeleted _ -> "message.deleted";
      case ConversationChanged _ -> "conversation.changed";
      case ConversationArchived _ -> "conversation.archived";
      case MemberMuted _ -> "member.muted";
      case MemberBanned _ -> "member.banned";
      case MemberUnbanned _ -> "member.unbanned";
      case ReactionAdded _ -> "reaction.added";
      case ReactionRemoved _ -> "reaction.removed";
      case MessagePinned _ -> "message.pinned";
      case MessageUnpinned _ -> "message.unpinned";
      case ChannelAdded _ -> "space.channel_added";
      case ChannelRemoved _ -> "space.channel_removed";
      case MessageScheduled _ -> "message.scheduled";
      case ScheduleEnded _ -> "message.schedule_ended";
    };
  }

  record ConversationCreated(
      ConversationKind kind,
      String title,
      String topic,
      HistoryVisibility history,
      boolean imported,
      String avatar,
      Map<String, String> custom)
      implements EventData {

    public ConversationCreated {
      custom = Collections.unmodifiableMap(new TreeMap<>(custom));
    }

    public ConversationCreated(
        ConversationKind kind,
        String title,
        String topic,
        HistoryVisibility history,
        boolean imported) {
      this(kind, title, topic, history, imported, "", Map.of());
    }
  }

  record MemberJoined(UUID user, Role role) implements EventData {}

  record MemberLeft(UUID user) implements EventData {}

  record MemberRemoved(UUID user) implements EventData {}

  record MemberRoleChanged(UUID user, Role role) implements EventData {}

  /// @param everyone whom it calls besides the people that it mentions
  /// @param expiresAtMillis when it goes by itself; 0: never
  /// @param forwarded what it was copied from; null: written here
  record MessageSent(
      UUID message,
      Body body,
      @Nullable UUID replyTo,
      @Nullable UUID thread,
      boolean imported,
      Everyone everyone,
      long expiresAtMillis,
      @Nullable Forwarded forwarded)
      implements EventData {

    public MessageSent(
        UUID message, Body body, @Nullable UUID replyTo, @Nullable UUID thread, boolean imported) {
      this(message, body, replyTo, thread, imported, Everyone.NONE, 0, null);
    }
  }

  /// @param revision from 1 for the first edit
  record MessageEdited(UUID message, int revision, Body body) implements EventData {}

  /// @param expired it went by itself
  record MessageDeleted(UUID message, boolean expired) implements EventData {

    public MessageDeleted(UUID message) {
      this(message, false);
    }
  }

  record ConversationChanged(ConversationChange change) implements EventData {}

  /// @param archived false: taken back
  record ConversationArchived(boolean archived) implements EventData {}

  /// @param untilMillis 0: may speak again
  record MemberMuted(UUID user, long untilMillis) implements EventData {}

  /// @param untilMillis 0: for ever
  record MemberBanned(UUID user, long untilMillis, String reason) implements EventData {}

  record MemberUnbanned(UUID user) implements EventData {}

  record ReactionAdded(UUID message, String emoji) implements EventData {}

  record ReactionRemoved(UUID message, String emoji) implements EventData {}

  record MessagePinned(UUID message) implements EventData {}

  record MessageUnpinned(UUID message) implements EventData {}

  /// @param channel the conversation that the space lists
  record ChannelAdded(UUID channel) implements EventData {}

  record ChannelRemoved(UUID channel) implements EventData {}

  /// @param target where the message is to be sent
  /// @param message its id
  record MessageScheduled(UUID target, UUID message, Command.SendMessage send, long atMillis)
      implements EventData {}

  /// @param detail why it failed
  record ScheduleEnded(UUID message, ScheduleEnd end, String detail) implements EventData {}
}
