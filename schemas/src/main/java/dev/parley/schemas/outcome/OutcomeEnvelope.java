package dev.parley.schemas.outcome;

import java.util.UUID;

/// An outcome, with the command that it answers and the node that waits for it (empty: none).
///
/// @param copy of the command's copies, the one that it answers; 0: not told
public record OutcomeEnvelope(
    UUID commandId, UUID conversation, UUID actor, String origin, long copy, Outcome outcome) {}
