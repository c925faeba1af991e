package dev.parley.tokens;

import java.util.UUID;

/// What has just ended: who holds a connection open for it closes that.
public sealed interface Ended {

  UUID user();

  /// A session was logged out or revoked.
  record Session(UUID user, UUID session) implements Ended {}

  /// All tokens of a person that were issued before a moment, whatever their session.
  record Tokens(UUID user, long issuedBeforeMillis) implements Ended {}

  /// The person was banned from the deployment.
  record Suspended(UUID user) implements Ended {}

  /// The person was erased.
  record Erased(UUID user) implements Ended {}
}
