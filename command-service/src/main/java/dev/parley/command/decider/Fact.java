package dev.parley.command.decider;

import java.util.UUID;

/// Something that holds in a conversation until it is taken back; the event that made it so is kept
/// under it.
public sealed interface Fact {

  /// A person's reaction to a message.
  record Reaction(UUID message, UUID user, String emoji) implements Fact {}

  /// A space lists the channel.
  record Listed(UUID channel) implements Fact {}

  /// A message waits for its time.
  record Scheduled(UUID message) implements Fact {}

  /// A message's time had come; it is on its way to its conversation, which may refuse it.
  record Released(UUID message) implements Fact {}
}
