package dev.parley.projection.timers;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.id.Ids;
import java.util.UUID;

/// A command that is to be given at a time, and again until the log shows what became of it.
///
/// @param kind what it is for
/// @param subject the message that it is about, see [#subject]
/// @param dueMillis when
/// @param command with an id that follows from the message, so that it is decided once
record Timer(Kind kind, UUID subject, long dueMillis, CommandEnvelope command) {

  /// In the order in which a scheduled message goes through them; the last is another story.
  enum Kind {
    /// Asks the author's own conversation to let the message go, before it is cancelled.
    RELEASE,
    /// Sends it.
    SEND,
    /// Tells the author's own conversation that it was refused.
    FAIL,
    /// Deletes a message whose time is over.
    EXPIRE
  }

  /// @param seq at which it was scheduled: what failed may be scheduled again
  static Timer release(UUID own, UUID author, UUID message, long seq, long dueMillis) {
    return new Timer(
        Kind.RELEASE,
        subject(own, message),
        dueMillis,
        envelope(
            "release/" + seq,
            own,
            author,
            message,
            new Command.EndSchedule(message, ScheduleEnd.SENT, "")));
  }

  /// @param seq at which it was scheduled
  static Timer fail(UUID own, UUID author, UUID message, long seq, long nowMillis, String detail) {
    return new Timer(
        Kind.FAIL,
        subject(own, message),
        nowMillis,
        envelope(
            "fail/" + seq,
            own,
            author,
            message,
            new Command.EndSchedule(message, ScheduleEnd.FAILED, detail)));
  }

  static Timer expire(UUID conversation, UUID author, UUID message, long dueMillis) {
    return new Timer(
        Kind.EXPIRE,
        subject(conversation, message),
        dueMillis,
        envelope("expire", conversation, author, message, new Command.ExpireMessage(message)));
  }

  /// Ids of messages are made by clients, and are one in their conversation only.
  ///
  /// @param conversation of a message that expires its own, of a schedule its author's own
  static UUID subject(UUID conversation, UUID message) {
    return Ids.imported("parley/timer", conversation + "/" + message, 0);
  }

  private static CommandEnvelope envelope(
      String what, UUID conversation, UUID actor, UUID message, Command command) {
    var id = Ids.imported("parley/timer/" + what, conversation + "/" + message, 0);
    return new CommandEnvelope(id, conversation, actor, Origin.NONE, "", command);
  }
}
