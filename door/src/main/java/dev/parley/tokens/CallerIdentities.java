package dev.parley.tokens;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/// Makes the identity of a request of its bearer token, before the platform's own provider would.
/// The event loop is never blocked, and the text of the token goes no further.
@Singleton
public class CallerIdentities implements IdentityProvider<TokenAuthenticationRequest> {

  private static final int BEFORE_THE_PLATFORM = 100_000;

  private final TokenVerifier verifier;

  CallerIdentities(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  @Override
  public int priority() {
    return BEFORE_THE_PLATFORM;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    var verdict = verifier.verify(request.getToken().getToken()).toCompletableFuture();
    var loop = Vertx.currentContext();
    if (verdict.isDone() || loop == null) {
      return Uni.createFrom().completionStage(verdict).map(CallerIdentities::identity);
    }
    return Uni.createFrom()
        .completionStage(verdict)
        .emitOn(task -> loop.runOnContext(_ -> task.run()))
        .map(CallerIdentities::identity);
  }

  private static SecurityIdentity identity(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid(var caller) -> identity(new CallerToken(caller));
      case Verdict.Refused _ -> throw new AuthenticationFailedException();
      case Verdict.Unavailable() -> throw new TokenUnavailableException();
    };
  }

  private static SecurityIdentity identity(CallerToken token) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(token)
        .addRoles(token.getGroups())
        .build();
  }
}
