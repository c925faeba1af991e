package dev.parley.command.decider;

import dev.parley.command.decider.Permissions.Action;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Who belongs to a conversation, and as what.
final class Membership {

  private Membership() {}

  static Decision join(ConversationView view, CommandEnvelope envelope, long atMillis) {
    Conversation conversation = view.conversation();
    Member member = view.member(envelope.actor());
    if (member != null) {
      return new Decision.Repeated(member.since());
    }
    if (conversation == null || !Permissions.mayJoin(conversation.kind())) {
      return Decision.absent();
    }
    if (isBanned(view, envelope.actor(), atMillis)) {
      return new Decision.Rejected(ErrorCode.BANNED, "You are banned here.");
    }
    if (conversation.policy().archived()) {
      return Asked.archived();
    }
    return Asked.accepted(new EventData.MemberJoined(envelope.actor(), Role.MEMBER), atMillis);
  }

  /// The last owner hands over first, unless nobody else is there.
  static Decision leave(ConversationView view, CommandEnvelope envelope, long atMillis) {
    return Asked.byMember(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.LEAVE)) {
            return asked.refused(Action.LEAVE);
          }
          if (isNeededAsOwner(asked.conversation(), asked.by())) {
            return lastOwner();
          }
          return Asked.accepted(new EventData.MemberLeft(envelope.actor()), atMillis);
        });
  }

  static Decision invite(
      ConversationView view, CommandEnvelope envelope, Command.InviteMember invite, long atMillis) {
    return Asked.byMember(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.INVITE)
              || !Permissions.mayGrant(asked.by().role(), invite.role())) {
            return asked.refused(Action.INVITE);
          }
          Member present = view.member(invite.user());
          if (present != null) {
            return new Decision.Repeated(present.since());
          }
          if (asked.conversation().policy().archived()) {
            return Asked.archived();
          }
          if (isBanned(view, invite.user(), atMillis)) {
            return new Decision.Rejected(ErrorCode.BANNED, invite.user() + " is banned here.");
          }
          return Asked.accepted(new EventData.MemberJoined(invite.user(), invite.role()), atMillis);
        });
  }

  static Decision remove(
      ConversationView view, CommandEnvelope envelope, Command.RemoveMember remove, long atMillis) {
    return Asked.byModerator(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.REMOVE)) {
            return asked.refused(Action.REMOVE);
          }
          Member target = view.member(remove.user());
          if (target == null) {
            return notAMember(remove.user());
          }
          if (!asked.outranks(target)) {
            return asked.refused(Action.REMOVE);
          }
          if (isNeededAsOwner(asked.conversation(), target)) {
            return lastOwner();
          }
          return Asked.accepted(new EventData.MemberRemoved(remove.user()), atMillis);
        });
  }

  static Decision changeRole(
      ConversationView view, CommandEnvelope envelope, Command.ChangeRole change, long atMillis) {
    return Asked.byModerator(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.CHANGE_ROLE)
              || !(asked.admin() || Permissions.mayGrant(asked.by().role(), change.role()))) {
            return asked.refused(Action.CHANGE_ROLE);
          }
          Member target = view.member(change.user());
          if (target == null) {
            return notAMember(change.user());
          }
          if (asked.by().role() != Role.OWNER && !asked.outranks(target)) {
            return asked.refused(Action.CHANGE_ROLE);
          }
          if (target.role() == change.role()) {
            return new Decision.Repeated(target.since());
          }
          if (isLastOwner(asked.conversation(), target)) {
            return lastOwner();
          }
          return Asked.accepted(
              new EventData.MemberRoleChanged(change.user(), change.role()), atMillis);
        });
  }

  /// The owner who hands over stays, as admin. Where an admin of the deployment makes an owner,
  /// those who were stay what they are.
  static Decision transfer(
      ConversationView view,
      CommandEnvelope envelope,
      Command.TransferOwnership transfer,
      long atMillis) {
    return Asked.byModerator(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.TRANSFER)) {
            return asked.refused(Action.TRANSFER);
          }
          Member target = view.member(transfer.user());
          if (target == null) {
            return notAMember(transfer.user());
          }
          if (!asked.mayAsMember(Action.TRANSFER)) {
            return target.role() == Role.OWNER
                ? new Decision.Repeated(target.since())
                : Asked.accepted(
                    new EventData.MemberRoleChanged(transfer.user(), Role.OWNER), atMillis);
          }
          if (transfer.user().equals(envelope.actor())) {
            return new Decision.Repeated(target.since());
          }
          List<EventData> events = new ArrayList<>(2);
          if (target.role() != Role.OWNER) {
            events.add(new EventData.MemberRoleChanged(transfer.user(), Role.OWNER));
          }
          events.add(new EventData.MemberRoleChanged(envelope.actor(), Role.ADMIN));
          return new Decision.Accepted(events, atMillis);
        });
  }

  private static boolean isBanned(ConversationView view, UUID user, long atMillis) {
    Ban ban = view.ban(user);
    return ban != null && ban.holdsAt(atMillis);
  }

  private static boolean isLastOwner(Conversation conversation, Member member) {
    return member.role() == Role.OWNER && conversation.owners() == 1;
  }

  /// The last owner goes last: only an admin of the deployment could remove them at all, and makes
  /// another one first.
  static boolean isNeededAsOwner(Conversation conversation, Member member) {
    return isLastOwner(conversation, member) && conversation.members() > 1;
  }

  static Decision.Rejected lastOwner() {
    return new Decision.Rejected(
        ErrorCode.LAST_OWNER, "The last owner must make somebody else an owner first.");
  }

  static Decision.Rejected notAMember(UUID user) {
    return new Decision.Rejected(ErrorCode.NOT_A_MEMBER, user + " is not a member.");
  }
}
