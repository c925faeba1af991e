package dev.parley.command.decider;

import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A command of somebody who may ask here: what every rule about members starts from.
///
/// @param by whose rights count; of an admin of the deployment who is no member: those of one who
///   only reads
/// @param admin whether an admin of the deployment asks, for a rule that knows them
record Asked(Conversation conversation, Member by, boolean admin) {

  /// Strangers see nothing, whatever they ask and whether or not the conversation exists.
  static Decision byMember(
      ConversationView view, CommandEnvelope envelope, Function<Asked, Decision> rule) {
    Conversation conversation = view.conversation();
    Member member = view.member(envelope.actor());
    return conversation == null || member == null
        ? Decision.absent()
        : once(view, envelope, rule, new Asked(conversation, member, false));
  }

  /// As [#byMember], for what admins of the deployment may as well, also where they are no members.
  static Decision byModerator(
      ConversationView view, CommandEnvelope envelope, Function<Asked, Decision> rule) {
    Conversation conversation = view.conversation();
    Member member = view.member(envelope.actor());
    if (conversation == null) {
      return Decision.absent();
    }
    boolean admin = envelope.admin() && Permissions.isOpenToAdmins(conversation.kind());
    if (member != null) {
      return once(view, envelope, rule, new Asked(conversation, member, admin));
    }
    return admin
        ? once(
            view,
            envelope,
            rule,
            new Asked(conversation, new Member(Role.READ_ONLY, conversation.created()), true))
        : Decision.absent();
  }

  private static Decision once(
      ConversationView view,
      CommandEnvelope envelope,
      Function<Asked, Decision> rule,
      Asked asked) {
    // The actor's own repeats are answered before.
    return view.decided(envelope.commandId()) == null
        ? rule.apply(asked)
        : new Decision.Rejected(
            ErrorCode.INVALID, "Another command of this conversation has this command id.");
  }

  boolean may(Permissions.Action action) {
    return mayAsMember(action) || (admin && Permissions.mayAsAdmin(action, conversation.kind()));
  }

  boolean mayAsMember(Permissions.Action action) {
    return Permissions.may(by.role(), action, conversation.kind());
  }

  /// Admins of the deployment stand above all ranks.
  boolean outranks(Member other) {
    return admin || Permissions.outranks(by.role(), other.role());
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
