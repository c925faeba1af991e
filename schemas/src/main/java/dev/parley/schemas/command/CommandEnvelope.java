package dev.parley.schemas.command;

import java.util.UUID;

/// A command with all that the decider needs to know of it; its time is the record's.
///
/// @param commandId made by the client, kept for every resend; of a send or an import the message
///   id
/// @param actor who asks, known from the handshake
/// @param traceparent W3C trace context; empty: none
/// @param admin the actor is an admin of the deployment and asks as one
public record CommandEnvelope(
    UUID commandId,
    UUID conversation,
    UUID actor,
    Origin origin,
    String traceparent,
    boolean admin,
    Command command) {

  /// Of somebody who asks as themselves.
  public CommandEnvelope(
      UUID commandId,
      UUID conversation,
      UUID actor,
      Origin origin,
      String traceparent,
      Command command) {
    this(commandId, conversation, actor, origin, traceparent, false, command);
  }
}
