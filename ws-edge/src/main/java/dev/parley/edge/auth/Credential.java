package dev.parley.edge.auth;

import dev.parley.schemas.token.Ticket;

/// What a client shows to say who it is. Its text never holds the secret.
public sealed interface Credential {

  /// Shown as it is.
  record AccessToken(String token) implements Credential {
    @Override
    public String toString() {
      return "AccessToken[hidden]";
    }
  }

  /// Stands for an access token, once.
  record OneTicket(Ticket ticket) implements Credential {}

  /// Not even of the shape of one: never good.
  record Nonsense() implements Credential {}

  /// The ticket that a client wrote.
  static Credential ticket(String text) {
    var ticket = Ticket.parse(text);
    return ticket == null ? new Nonsense() : new OneTicket(ticket);
  }
}
