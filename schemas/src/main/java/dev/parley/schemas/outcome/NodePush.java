package dev.parley.schemas.outcome;

/// What the delivery projection sends on a node's own channel.
public sealed interface NodePush {

  /// @param record an EventRecord, of a conversation that the node is not subscribed to
  @SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
  record EventPush(byte[] record) implements NodePush {}

  record OutcomePush(OutcomeEnvelope outcome) implements NodePush {}
}
