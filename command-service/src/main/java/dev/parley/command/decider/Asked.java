package dev.parley.command.decider;

import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A command of somebody who is a member: what every rule about members starts from.
record Asked(Conversation conversation, Member by) {

  /// Strangers see nothing, whatever they ask and whether or not the conversation exists.
  static Decision byMember(
      ConversationView view, CommandEnvelope envelope, Function<Asked, Decision> rule) {
    Conversation conversation = view.conversation();
    Member member = view.member(envelope.actor());
    if (conversation == null || member == null) {
      return Decision.absent();
    }
    // The actor's own repeats are answered before.
    if (view.decided(envelope.commandId()) != null) {
      return new Decision.Rejected(
          ErrorCode.INVALID, "Another command of this conversation has this command id.");
    }
    return rule.apply(new Asked(conversation, member));
  }

  boolean may(Permissions.Action action) {
    return Permissions.may(by.role(), action, conversation.kind());
  }

  /// Told apart: what nobody may in this kind of conversation, and what this role may not.
  Decision.Rejected refused(Permissions.Action action) {
    return Permissions.exists(action, conversation.kind())
        ? new Decision.Rejected(
            ErrorCode.FORBIDDEN,
            "Your role here is %s, which may not do this.".formatted(by.role().wireName()))
        : new Decision.Rejected(
            ErrorCode.NOT_FOR_THIS_KIND,
            "A %s conversation does not know this.".formatted(conversation.kind().wireName()));
  }

  /// What an archived conversation, or a muted person, is told; null: go on.
  Decision.@Nullable Rejected silenced(long atMillis) {
    if (conversation.policy().archived()) {
      return archived();
    }
    return by.mutedUntilMillis() > atMillis
        ? new Decision.Rejected(
            ErrorCode.MUTED, "You are muted here for a time.", by.mutedUntilMillis() - atMillis)
        : null;
  }

  static Decision.Rejected archived() {
    return new Decision.Rejected(ErrorCode.ARCHIVED, "The conversation is archived.");
  }

  static Decision.Accepted accepted(EventData event, long atMillis) {
    return new Decision.Accepted(List.of(event), atMillis);
  }
}
