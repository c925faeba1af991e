package dev.parley.command.decider;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the rules must know of a message, kept for ever: it makes a resend idempotent at any age,
/// and edits and deletions decidable. Its content is not here.
///
/// @param revision 0 as sent, then the number of its newest edit
/// @param thread first message of the thread that it belongs to
/// @param deleted the event that deleted it
public record Message(
    UUID author, Mark sent, int revision, @Nullable UUID thread, @Nullable Mark deleted) {}
