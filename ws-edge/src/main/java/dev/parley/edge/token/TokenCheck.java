package dev.parley.edge.token;

import java.util.UUID;

/// What became of an access token.
public sealed interface TokenCheck {

  /// @param guest nobody is signed in: the id is of this token only
  /// @param expiresAtMillis when it ends
  record Valid(UUID user, boolean guest, long expiresAtMillis) implements TokenCheck {

    public Valid(UUID user, long expiresAtMillis) {
      this(user, false, expiresAtMillis);
    }
  }

  /// It is foreign, expired, or no token at all.
  record Refused() implements TokenCheck {}

  /// It could not be checked now: the keys cannot be had, or too many are being checked.
  record Unavailable() implements TokenCheck {}
}
