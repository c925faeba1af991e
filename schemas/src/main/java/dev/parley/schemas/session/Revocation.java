package dev.parley.schemas.session;

import java.util.UUID;

/// Access tokens that are void before they expire. Told to every door, which forgets it once the
/// last of them would have expired.
public sealed interface Revocation {

  /// Whose tokens.
  UUID user();

  /// When it was decided.
  long atMillis();

  /// Every token of one session.
  record OfSession(UUID user, UUID session, long atMillis) implements Revocation {}

  /// Every token of a person that was issued before `atMillis`.
  record OfPerson(UUID user, long atMillis) implements Revocation {}
}
