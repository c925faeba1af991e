package dev.parley.command.decider;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the rules must know of a message, kept for ever: it makes a resend idempotent at any age,
/// and edits and deletions decidable. Its content is not here.
///
/// @param revision 0 as sent, then the number of its newest edit
/// @param thread first message of the thread that it belongs to
/// @param deleted the event that deleted it
/// @param pinned the event that pinned it
/// @param emojis how many different emojis its reactions have
/// @param expiresAtMillis when it goes by itself; 0: never
public record Message(
    UUID author,
    Mark sent,
    int revision,
    @Nullable UUID thread,
    @Nullable Mark deleted,
    @Nullable Mark pinned,
    int emojis,
    long expiresAtMillis) {

  public Message(
      UUID author, Mark sent, int revision, @Nullable UUID thread, @Nullable Mark deleted) {
    this(author, sent, revision, thread, deleted, null, 0, 0);
  }

  Message withRevision(int newest) {
    return new Message(author, sent, newest, thread, deleted, pinned, emojis, expiresAtMillis);
  }

  Message deletedBy(Mark event) {
    return new Message(author, sent, revision, thread, event, null, emojis, expiresAtMillis);
  }

  Message pinnedBy(@Nullable Mark event) {
    return new Message(author, sent, revision, thread, deleted, event, emojis, expiresAtMillis);
  }

  Message withEmojis(int different) {
    return new Message(author, sent, revision, thread, deleted, pinned, different, expiresAtMillis);
  }
}
