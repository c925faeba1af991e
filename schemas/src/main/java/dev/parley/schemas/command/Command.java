package dev.parley.schemas.command;

import dev.parley.schemas.content.Body;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a person asks a conversation for. Who asks, and which conversation, is in the
/// [CommandEnvelope].
public sealed interface Command {

  /// @param title empty for self and direct
  /// @param members people besides the actor; of a direct conversation the one other person
  /// @param avatar an address or an emoji; empty: none
  /// @param custom the product's own data
  record CreateConversation(
      ConversationKind kind,
      String title,
      String topic,
      HistoryVisibility history,
      List<UUID> members,
      String avatar,
      Map<String, String> custom)
      implements Command {
    public CreateConversation {
      members = List.copyOf(members);
      custom = Collections.unmodifiableMap(new TreeMap<>(custom));
    }

    public CreateConversation(
        ConversationKind kind,
        String title,
        String topic,
        HistoryVisibility history,
        List<UUID> members) {
      this(kind, title, topic, history, members, "", Map.of());
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
  /// @param everyone whom it calls besides the people that it mentions
  /// @param expiresAfterMillis it goes by itself so long after it was sent; 0: never
  /// @param forwarded what it was copied from; null: written here
  record SendMessage(
      Body body,
      @Nullable UUID replyTo,
      @Nullable UUID thread,
      Everyone everyone,
      long expiresAfterMillis,
      @Nullable Forwarded forwarded)
      implements Command {

    public SendMessage(Body body, @Nullable UUID replyTo, @Nullable UUID thread) {
      this(body, replyTo, thread, Everyone.NONE, 0, null);
    }

    /// The same with another body.
    public SendMessage withBody(Body other) {
      return new SendMessage(other, replyTo, thread, everyone, expiresAfterMillis, forwarded);
    }
  }

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

  record ChangeConversation(ConversationChange change) implements Command {}

  /// @param archived false: take it back
  record ArchiveConversation(boolean archived) implements Command {}

  /// @param forMillis from the time of the command; 0: for ever
  record BanMember(UUID user, long forMillis, String reason) implements Command {}

  record UnbanMember(UUID user) implements Command {}

  record TransferOwnership(UUID user) implements Command {}

  /// @param forMillis from the time of the command; 0: may speak again
  record MuteMember(UUID user, long forMillis) implements Command {}

  record AddReaction(UUID message, String emoji) implements Command {}

  record RemoveReaction(UUID message, String emoji) implements Command {}

  record PinMessage(UUID message) implements Command {}

  record UnpinMessage(UUID message) implements Command {}

  /// In a space.
  ///
  /// @param channel the conversation that it lists: a channel or a group
  record AddChannel(UUID channel) implements Command {}

  record RemoveChannel(UUID channel) implements Command {}

  /// In the author's own conversation, of kind self, which comes into being with it.
  ///
  /// @param target where the message is to be sent
  /// @param message its id
  /// @param send with a body that is sealed for the target
  record ScheduleMessage(UUID target, UUID message, SendMessage send, long atMillis)
      implements Command {}

  record CancelSchedule(UUID message) implements Command {}

  /// By the timers, never by a client.
  ///
  /// @param detail why it failed
  record EndSchedule(UUID message, ScheduleEnd end, String detail) implements Command {}

  /// By the timers, never by a client.
  record ExpireMessage(UUID message) implements Command {}
}
