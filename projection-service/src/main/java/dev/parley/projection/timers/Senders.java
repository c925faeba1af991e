package dev.parley.projection.timers;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.user.UserProfile;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lets nothing go that was scheduled by somebody who was erased or suspended since: its release
/// becomes its cancellation, under the same id, so that one of both is decided.
///
/// @param people null: not known
public record Senders(Function<UUID, @Nullable UserProfile> people) {

  /// The command to be given in the place of one that is due.
  public CommandEnvelope instead(CommandEnvelope due) {
    if (!(due.command() instanceof Command.EndSchedule(var message, var end, _))
        || end != ScheduleEnd.SENT) {
      return due;
    }
    var author = people.apply(due.actor());
    if (author == null || !(author.erased() || author.suspended())) {
      return due;
    }
    return new CommandEnvelope(
        due.commandId(),
        due.conversation(),
        due.actor(),
        due.origin(),
        due.traceparent(),
        new Command.EndSchedule(
            message,
            ScheduleEnd.CANCELLED,
            author.erased() ? "The account was erased." : "The account was suspended."));
  }
}
