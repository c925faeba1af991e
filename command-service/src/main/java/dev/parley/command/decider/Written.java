package dev.parley.command.decider;

import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.outcome.Outcome;
import java.util.List;

/// What the processing of one command leaves behind: events, or an answer without any.
public sealed interface Written {

  record Appended(List<ChainedEvent> events) implements Written {}

  record Answered(Outcome outcome) implements Written {}
}
