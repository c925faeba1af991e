package dev.parley.command.decider;

import java.util.UUID;

/// An accepted command other than a message, kept for ever under its id, so that its resend is
/// answered and not decided again. Without it a late resend of an old edit would take back a newer
/// one, and a resend of a removal would remove somebody who was invited again since; nor would the
/// copy of a join that changed nothing stay without effect once its sender has left.
///
/// @param first the first event of the command; where it found done what it asks for, the event
///   that had made it so
public record Decided(UUID actor, Mark first) {}
