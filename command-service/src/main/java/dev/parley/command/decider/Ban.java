package dev.parley.command.decider;

/// A person who may not belong to the conversation.
///
/// @param untilMillis 0: for ever
/// @param since the event that banned
public record Ban(long untilMillis, Mark since) {

  boolean holdsAt(long atMillis) {
    return untilMillis == 0 || atMillis < untilMillis;
  }
}
