package dev.parley.schemas.event;

import dev.parley.schemas.content.Body;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
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
    };
  }

  record ConversationCreated(
      ConversationKind kind,
      String title,
      String topic,
      HistoryVisibility history,
      boolean imported)
      implements EventData {}

  record MemberJoined(UUID user, Role role) implements EventData {}

  record MemberLeft(UUID user) implements EventData {}

  record MemberRemoved(UUID user) implements EventData {}

  record MemberRoleChanged(UUID user, Role role) implements EventData {}

  record MessageSent(
      UUID message, Body body, @Nullable UUID replyTo, @Nullable UUID thread, boolean imported)
      implements EventData {}

  /// @param revision from 1 for the first edit
  record MessageEdited(UUID message, int revision, Body body) implements EventData {}

  record MessageDeleted(UUID message) implements EventData {}
}
