package dev.parley.schemas.outcome;

import java.util.UUID;

/// An outcome, with the command that it answers and the node that waits for it (empty: none).
public record OutcomeEnvelope(
    UUID commandId, UUID conversation, UUID actor, String origin, Outcome outcome) {}
