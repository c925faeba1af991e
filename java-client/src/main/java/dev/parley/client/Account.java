package dev.parley.client;

import java.util.UUID;

/// A person who is signed in, or a guest.
///
/// @param token the access token; it ends after minutes
/// @param refreshToken good for one call of [Rest#refresh]; empty for a guest
public record Account(UUID user, String name, String token, String refreshToken) {

  public Account(UUID user, String name, String token) {
    this(user, name, token, "");
  }

  /// Without the tokens.
  @Override
  public String toString() {
    return "Account[" + name + " " + user + "]";
  }
}
