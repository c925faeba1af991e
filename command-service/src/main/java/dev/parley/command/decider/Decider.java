package dev.parley.command.decider;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of a command, from the state of its conversation and the time of its
/// record, and changes nothing.
///
/// A command that was accepted before is answered with its first event, for ever and before
/// anything else is asked: also when its sender has left since. So is one that changed nothing,
/// with the event that had made it so. The same id used by somebody else is refused.
public final class Decider {

  private Decider() {}

  /// @param recordTimestampMillis time of the command's record: the time of its events, except for
  ///   what is imported
  public static Decision decide(
      ConversationView view, CommandEnvelope envelope, long recordTimestampMillis) {
    Mark earlier = earlier(view, envelope);
    if (earlier != null) {
      return new Decision.Repeated(earlier);
    }
    return switch (envelope.command()) {
      case Command.CreateConversation create ->
          Creation.create(view, envelope, create, recordTimestampMillis);
      case Command.ImportConversation create -> Creation.importConversation(view, envelope, create);
      case Command.JoinConversation _ -> Membership.join(view, envelope, recordTimestampMillis);
      case Command.LeaveConversation _ -> Membership.leave(view, envelope, recordTimestampMillis);
      case Command.InviteMember invite ->
          Membership.invite(view, envelope, invite, recordTimestampMillis);
      case Command.RemoveMember remove ->
          Membership.remove(view, envelope, remove, recordTimestampMillis);
      case Command.ChangeRole change ->
          Membership.changeRole(view, envelope, change, recordTimestampMillis);
      case Command.SendMessage send -> Messages.send(view, envelope, send, recordTimestampMillis);
      case Command.EditMessage edit -> Messages.edit(view, envelope, edit, recordTimestampMillis);
      case Command.DeleteMessage delete ->
          Messages.delete(view, envelope, delete, recordTimestampMillis);
      case Command.ImportMessage imported -> Messages.importMessage(view, envelope, imported);
      case Command.ChangeConversation(var change) ->
          Details.change(view, envelope, change, recordTimestampMillis);
      case Command.ArchiveConversation(var archived) ->
          Details.archive(view, envelope, archived, recordTimestampMillis);
      case Command.AddChannel(var channel) ->
          Details.addChannel(view, envelope, channel, recordTimestampMillis);
      case Command.RemoveChannel(var channel) ->
          Details.removeChannel(view, envelope, channel, recordTimestampMillis);
      case Command.BanMember ban -> Sanctions.ban(view, envelope, ban, recordTimestampMillis);
      case Command.UnbanMember(var user) ->
          Sanctions.unban(view, envelope, user, recordTimestampMillis);
      case Command.MuteMember mute -> Sanctions.mute(view, envelope, mute, recordTimestampMillis);
      case Command.TransferOwnership transfer ->
          Membership.transfer(view, envelope, transfer, recordTimestampMillis);
      case Command.AddReaction(var message, var emoji) ->
          Attention.react(view, envelope, message, emoji, recordTimestampMillis);
      case Command.RemoveReaction(var message, var emoji) ->
          Attention.unreact(view, envelope, message, emoji, recordTimestampMillis);
      case Command.PinMessage(var message) ->
          Attention.pin(view, envelope, message, recordTimestampMillis);
      case Command.UnpinMessage(var message) ->
          Attention.unpin(view, envelope, message, recordTimestampMillis);
      case Command.ScheduleMessage schedule ->
          Schedules.schedule(view, envelope, schedule, recordTimestampMillis);
      case Command.CancelSchedule(var message) ->
          Schedules.cancel(view, envelope, message, recordTimestampMillis);
      case Command.EndSchedule end -> Schedules.end(view, envelope, end, recordTimestampMillis);
      case Command.ExpireMessage(var message) ->
          Messages.expire(view, message, recordTimestampMillis);
    };
  }

  /// What the same command by the same person was answered with, if it was accepted before.
  private static @Nullable Mark earlier(ConversationView view, CommandEnvelope envelope) {
    return switch (envelope.command()) {
      case Command.SendMessage _, Command.ImportMessage _ -> {
        Message message = view.message(envelope.commandId());
        yield message != null && message.author().equals(envelope.actor()) ? message.sent() : null;
      }
      // Not remembered: sent again, it may name more members.
      case Command.ImportConversation _ -> null;
      case Command.CreateConversation _,
          Command.JoinConversation _,
          Command.LeaveConversation _,
          Command.InviteMember _,
          Command.RemoveMember _,
          Command.ChangeRole _,
          Command.EditMessage _,
          Command.DeleteMessage _,
          Command.ChangeConversation _,
          Command.ArchiveConversation _,
          Command.AddChannel _,
          Command.RemoveChannel _,
          Command.BanMember _,
          Command.UnbanMember _,
          Command.MuteMember _,
          Command.TransferOwnership _,
          Command.AddReaction _,
          Command.RemoveReaction _,
          Command.PinMessage _,
          Command.UnpinMessage _,
          Command.ScheduleMessage _,
          Command.CancelSchedule _,
          Command.EndSchedule _,
          Command.ExpireMessage _ -> {
        Decided decided = view.decided(Decided.place(view, envelope.commandId(), envelope.actor()));
        yield decided == null ? null : decided.first();
      }
    };
  }
}
