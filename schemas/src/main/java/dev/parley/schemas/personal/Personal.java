package dev.parley.schemas.personal;

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
}
