package dev.parley.identity.account;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The access token of a request that may do without one.
@ApplicationScoped
class MaybeToken {

  private final CurrentIdentityAssociation identity;

  MaybeToken(CurrentIdentityAssociation identity) {
    this.identity = identity;
  }

  /// Nothing where none was sent; fails where one was sent that does not hold.
  Uni<Optional<JsonWebToken>> get() {
    return identity
        .getDeferredIdentity()
        .map(who ->
            !who.isAnonymous() && who.getPrincipal() instanceof JsonWebToken token
                ? Optional.of(token)
                : Optional.empty());
  }
}
