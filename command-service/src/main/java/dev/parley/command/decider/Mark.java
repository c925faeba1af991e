package dev.parley.command.decider;

import dev.parley.schemas.event.Event;

/// Where an event stands in its conversation, and its time: what a repeated command is answered
/// with.
public record Mark(long seq, long ordinal, long atMillis) {

  static Mark of(Event event) {
    return new Mark(event.seq(), event.ordinal(), event.atMillis());
  }
}
