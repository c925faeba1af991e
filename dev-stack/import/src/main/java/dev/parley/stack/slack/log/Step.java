package dev.parley.stack.slack.log;

import dev.parley.schemas.command.CommandEnvelope;

/// A command and what its outcome is counted as.
public record Step(Pending.Asked asked, CommandEnvelope command) {}
