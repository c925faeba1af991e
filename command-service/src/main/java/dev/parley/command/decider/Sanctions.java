package dev.parley.command.decider;

import dev.parley.command.decider.Permissions.Action;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What moderators may do to people: mute them for a time, ban them. Times count from the time of
/// the command's record, since the decider has no clock.
final class Sanctions {

  private Sanctions() {}

  static Decision mute(
      ConversationView view, CommandEnvelope envelope, Command.MuteMember mute, long atMillis) {
    return Asked.byModerator(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.MUTE)) {
            return asked.refused(Action.MUTE);
          }
          Member target = view.member(mute.user());
          if (target == null) {
            return Membership.notAMember(mute.user());
          }
          if (!asked.outranks(target)) {
            return asked.refused(Action.MUTE);
          }
          if (mute.forMillis() == 0 && target.mutedUntilMillis() <= atMillis) {
            return new Decision.Repeated(target.since());
          }
          long until = mute.forMillis() == 0 ? 0 : atMillis + mute.forMillis();
          return Asked.accepted(new EventData.MemberMuted(mute.user(), until), atMillis);
        });
  }

  /// A member is removed first, so that the end of a membership is the same event in any case.
  static Decision ban(
      ConversationView view, CommandEnvelope envelope, Command.BanMember ban, long atMillis) {
    return Asked.byModerator(
        view,
        envelope,
        asked -> {
          Member target = view.member(ban.user());
          if (!asked.may(Action.BAN) || (target != null && !asked.outranks(target))) {
            return asked.refused(Action.BAN);
          }
          if (target != null && Membership.isNeededAsOwner(asked.conversation(), target)) {
            return Membership.lastOwner();
          }
          long until = ban.forMillis() == 0 ? 0 : atMillis + ban.forMillis();
          List<EventData> events = new ArrayList<>(2);
          if (target != null) {
            events.add(new EventData.MemberRemoved(ban.user()));
          }
          events.add(new EventData.MemberBanned(ban.user(), until, ban.reason()));
          return new Decision.Accepted(events, atMillis);
        });
  }

  static Decision unban(ConversationView view, CommandEnvelope envelope, UUID user, long atMillis) {
    return Asked.byModerator(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.BAN)) {
            return asked.refused(Action.BAN);
          }
          return view.ban(user) == null
              ? new Decision.Rejected(ErrorCode.NOT_A_MEMBER, user + " is not banned.")
              : Asked.accepted(new EventData.MemberUnbanned(user), atMillis);
        });
  }
}
