package dev.parley.command.decider;

import java.util.UUID;

/// An accepted command other than a message, kept for ever under its id, so that its resend is
/// answered and not decided again. Without it a late resend of an old edit would take back a newer
/// one, and a resend of a removal would remove somebody who was invited again since.
///
/// @param first the first event of the command
public record Decided(UUID actor, Mark first) {}
