package dev.parley.edge.token;

import java.util.UUID;

/// What became of an access token.
public sealed interface TokenCheck {

  /// @param expiresAtMillis when it ends
  record Valid(UUID user, long expiresAtMillis) implements TokenCheck {}

  /// It is foreign, expired, or no token at all.
  record Refused() implements TokenCheck {}

  /// It could not be checked now: the keys cannot be had, or too many are being checked.
  record Unavailable() implements TokenCheck {}
}
