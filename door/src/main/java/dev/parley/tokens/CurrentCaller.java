package dev.parley.tokens;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The [Caller] of the request at hand: what resources inject.
@RequestScoped
public class CurrentCaller {

  private final SecurityIdentity identity;

  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /// @throws UnauthorizedException if no valid token came with the request
  public Caller get() {
    var caller = orNull();
    if (caller == null) {
      throw new UnauthorizedException();
    }
    return caller;
  }

  /// Who asks.
  public UUID user() {
    return get().user();
  }

  /// The caller, or null where no valid token came with the request.
  public @Nullable Caller orNull() {
    return identity.getPrincipal() instanceof CallerToken token ? token.caller() : null;
  }
}
