package dev.parley.schemas.push;

import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.personal.PersonalEntry;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is published on every channel of Redis: of a conversation, of a person, of a node.
public sealed interface Push {

  /// @param record an EventRecord
  @SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
  record EventPush(byte[] record) implements Push {}

  /// On the channel of the node that waits for it.
  record OutcomePush(OutcomeEnvelope outcome) implements Push {}

  record PersonalPush(PersonalEntry entry) implements Push {}

  /// @param thread where in the conversation; null: not in a thread
  record TypingPush(UUID conversation, UUID user, @Nullable UUID thread) implements Push {}

  /// @param lastSeenMillis 0: unknown
  record PresencePush(UUID user, boolean online, long lastSeenMillis) implements Push {}

  /// @param version grows with each change: the highest counts
  record ProfilePush(UUID user, long version, String name, String displayName) implements Push {}
}
