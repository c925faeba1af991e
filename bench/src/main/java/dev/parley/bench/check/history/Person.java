package dev.parley.bench.check.history;

import dev.parley.client.Tokens;
import java.util.UUID;

/// Somebody of the run, with one or more clients.
///
/// @param tokens shared by everything that acts for this person: a refresh token is good once
public record Person(String name, UUID user, Tokens tokens) {

  /// Without the tokens.
  @Override
  public String toString() {
    return "Person[" + name + " " + user + "]";
  }
}
