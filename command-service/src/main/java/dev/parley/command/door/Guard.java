package dev.parley.command.door;

import dev.parley.filter.ContentFilter;
import dev.parley.filter.Judgement;
import dev.parley.log.UserTable;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.wire.Blocks;
import dev.parley.schemas.wire.CommandInput;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What stands between a command that was read and its seal: people who block the actor, and the
/// content filter. Blocks its (virtual) thread.
record Guard(UserTable users, ContentFilter filter, ViewsClient views, LogStore log) {

  /// Null: the command goes on.
  @Nullable Answer stop(CommandInput.Read read, UUID actor) {
    if (Blocks.stop(read.command(), read.conversation(), actor, users::isBlockedIn)) {
      return new Answer.Refused(ErrorCode.BLOCKED, "This person takes nothing from you.");
    }
    if (filter.isIdle()) {
      return null;
    }
    Judgement judgement =
        filter
            .judge(read.command(), read.conversation(), read.commandId(), actor)
            .toCompletableFuture()
            .join();
    return switch (judgement) {
      case Judgement.Pass() -> null;
      case Judgement.Hold(var reason) -> hold(read, actor, reason);
      case Judgement.Reject(var reason) ->
          new Answer.Refused(
              ErrorCode.REJECTED_BY_FILTER,
              reason.isEmpty() ? "This deployment does not take what it says." : reason);
      case Judgement.Unjudged() ->
          new Answer.Refused(ErrorCode.UNAVAILABLE, "What is written cannot be looked at now.");
    };
  }

  /// Only of a member: nobody else fills the moderators' queue.
  private Answer.Refused hold(CommandInput.Read read, UUID author, String reason) {
    if (!(read.command() instanceof Command.SendMessage send)) {
      throw new IllegalStateException("Expected a send to be held, but it is another command");
    }
    ViewsClient.@Nullable Standing standing = views.standing(read.conversation(), author, 0);
    if (standing == null) {
      return ViewsClient.unavailable();
    }
    if (!standing.member()) {
      return ViewsClient.absent();
    }
    Answer.Refused notStored =
        log.keep(
            new PersonalEntry(
                read.conversation(),
                author,
                System.currentTimeMillis(),
                true,
                new Personal.Held(read.commandId(), send, reason)));
    return notStored == null
        ? new Answer.Refused(ErrorCode.HELD, "A moderator looks at it first.")
        : notStored;
  }
}
