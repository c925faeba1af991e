package dev.parley.command.decider;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of a command, from the state of its conversation and the time of its
/// record, and changes nothing.
///
/// A command that was accepted before is answered with its first event, for ever and before
/// anything else is asked: also when its sender has left since. The same id used by somebody else
/// is refused.
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
    };
  }

  /// The first event of the same command by the same person, if it was accepted before.
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
          Command.DeleteMessage _ -> {
        Decided decided = view.decided(envelope.commandId());
        yield decided != null && decided.actor().equals(envelope.actor()) ? decided.first() : null;
      }
    };
  }
}
