package dev.parley.schemas.personal;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One thing that a member keeps in a conversation.
///
/// Marks are high-water marks: a lower one after a higher changes nothing. Of everything else the
/// last counts, in the order of the log.
public sealed interface Personal {

  /// A high-water mark.
  sealed interface Mark {

    long seq();

    /// No further than `head`: what comes after it was not seen.
    Personal upTo(long head);
  }

  /// All up to `seq` have reached one of the member's devices.
  record Delivered(long seq) implements Personal, Mark {
    @Override
    public Personal upTo(long head) {
      return new Delivered(Math.min(seq, head));
    }
  }

  /// All up to `seq` were read; they were delivered, too.
  record Read(long seq) implements Personal, Mark {
    @Override
    public Personal upTo(long head) {
      return new Read(Math.min(seq, head));
    }
  }

  /// All of a thread up to `seq` were read.
  ///
  /// @param thread the first message of the thread
  record ThreadRead(UUID thread, long seq) implements Personal, Mark {
    @Override
    public Personal upTo(long head) {
      return new ThreadRead(thread, Math.min(seq, head));
    }
  }

  /// No notice of new messages.
  ///
  /// @param untilMillis -1: for ever; 0: not
  record Muted(long untilMillis) implements Personal {}

  record Pinned(boolean pinned) implements Personal {}

  record Archived(boolean archived) implements Personal {}

  /// What the member has begun to write.
  ///
  /// @param body sealed for [PersonalEntry#draftPlace]; null: nothing any more
  record Draft(@Nullable Body body) implements Personal {}

  /// A message that the member does not want to see.
  record Hidden(UUID message) implements Personal {}

  /// What moderators are told and decide. Nobody is pushed any of it.
  sealed interface Moderation extends Personal {}

  /// The member finds that a message should be looked at.
  ///
  /// @param note sealed for [PersonalEntry#reportPlace]; null: none
  record Reported(UUID message, ReportReason reason, @Nullable Body note) implements Moderation {}

  /// A moderator has looked at the reports of a message.
  record ReportSettled(UUID message, Settlement settlement) implements Moderation {}

  /// A message that is not sent before a moderator lets it.
  ///
  /// @param send with a body that is sealed for the conversation
  /// @param reason of the filter
  record Held(UUID message, Command.SendMessage send, String reason) implements Moderation {}

  /// A moderator has looked at a message that was held.
  ///
  /// @param released whether it is sent
  record HeldSettled(UUID author, UUID message, boolean released) implements Moderation {}
}
