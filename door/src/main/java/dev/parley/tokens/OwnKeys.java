package dev.parley.tokens;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// The keys of this deployment's own tokens, where a service has them in memory. A bean of this
/// type takes the place of the JWKS at `mp.jwt.verify.publickey.location`.
@FunctionalInterface
public interface OwnKeys {

  /// The key of this id, or null where it is none of ours. Never blocks.
  @Nullable PublicKey byId(String id);
}
