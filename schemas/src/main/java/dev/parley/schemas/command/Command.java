package dev.parley.schemas.command;

import dev.parley.schemas.content.Body;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a person asks a conversation for. Who asks, and which conversation, is in the
/// [CommandEnvelope].
public sealed interface Command {

  /// @param title empty for self and direct
  /// @param members people besides the actor; of a direct conversation the one other person
  record CreateConversation(
      ConversationKind kind,
      String title,
      String topic,
      HistoryVisibility history,
      List<UUID> members)
      implements Command {
    public CreateConversation {
      members = List.copyOf(members);
    }
  }

  record JoinConversation() implements Command {}

  record LeaveConversation() implements Command {}

  record InviteMember(UUID user, Role role) implements Command {}

  record RemoveMember(UUID user) implements Command {}

  record ChangeRole(UUID user, Role role) implements Command {}

  /// The envelope's command id is the message id.
  ///
  /// @param replyTo the message that it answers
  /// @param thread the first message of the thread that it belongs to
  record SendMessage(Body body, @Nullable UUID replyTo, @Nullable UUID thread) implements Command {}

  record EditMessage(UUID message, Body body) implements Command {}

  record DeleteMessage(UUID message) implements Command {}

  /// A conversation of another system; sent again, it adds the members that are missing.
  ///
  /// @param atMillis its time there
  record ImportConversation(
      ConversationKind kind,
      String title,
      String topic,
      HistoryVisibility history,
      List<UUID> members,
      long atMillis)
      implements Command {
    public ImportConversation {
      members = List.copyOf(members);
    }
  }

  /// A message of another system. The envelope's command id is the message id, its actor the
  /// author, who need not be a member.
  ///
  /// @param atMillis its time there
  record ImportMessage(Body body, @Nullable UUID replyTo, @Nullable UUID thread, long atMillis)
      implements Command {}
}
