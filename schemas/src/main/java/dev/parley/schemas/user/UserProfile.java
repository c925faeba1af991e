package dev.parley.schemas.user;

import dev.parley.schemas.content.WrappedKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person, as everybody but identity-service knows them.
///
/// @param version grows with each change: the highest wins
/// @param name unique, lower case
/// @param contentKey absent once the person was erased
public record UserProfile(
    UUID id,
    long version,
    String name,
    String displayName,
    long createdAtMillis,
    @Nullable WrappedKey contentKey,
    boolean erased,
    boolean imported) {}
