package dev.parley.schemas.user;

import dev.parley.schemas.content.WrappedKey;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person, as everybody but identity-service knows them.
///
/// @param version grows with each change: the highest wins
/// @param name unique, lower case
/// @param contentKey absent once the person was erased
/// @param suspended banned from the whole deployment: no token of theirs is good
/// @param bot not a human being
/// @param blocked whom this person wants nothing of
public record UserProfile(
    UUID id,
    long version,
    String name,
    String displayName,
    long createdAtMillis,
    @Nullable WrappedKey contentKey,
    boolean erased,
    boolean imported,
    boolean suspended,
    boolean bot,
    List<UUID> blocked) {

  public UserProfile {
    blocked = List.copyOf(blocked);
  }

  /// Somebody who is not suspended, no bot, and blocks nobody.
  public UserProfile(
      UUID id,
      long version,
      String name,
      String displayName,
      long createdAtMillis,
      @Nullable WrappedKey contentKey,
      boolean erased,
      boolean imported) {
    this(
        id,
        version,
        name,
        displayName,
        createdAtMillis,
        contentKey,
        erased,
        imported,
        false,
        false,
        List.of());
  }
}
