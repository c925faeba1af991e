package dev.parley.identity.signing;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.security.Key;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/// Verifies access tokens against the keys in memory: this service need not ask itself for its
/// JWKS.
@Alternative
@Priority(1)
@ApplicationScoped
public class OwnTokens extends JWTCallerPrincipalFactory {

  private static final int CLOCK_SKEW_SECONDS = 5;

  private final JwtConsumer consumer;

  OwnTokens(SigningKeys keys) {
    this.consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT,
                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
            .setVerificationKeyResolver(new ById(keys))
            .setExpectedIssuer(AccessTokens.ISSUER)
            .setExpectedAudience(AccessTokens.AUDIENCE)
            .setRequireSubject()
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
            .build();
  }

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo info) throws ParseException {
    try {
      return new DefaultJWTCallerPrincipal(consumer.processToClaims(token));
    } catch (InvalidJwtException e) {
      // Without the cause: its message carries the token.
      throw new ParseException("The access token is not valid");
    }
  }

  private record ById(SigningKeys keys) implements VerificationKeyResolver {
    @Override
    public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting)
        throws UnresolvableKeyException {
      String id = token.getKeyIdHeaderValue();
      Key key = id == null ? null : keys.byId(id);
      if (key == null) {
        throw new UnresolvableKeyException("Not signed by this deployment");
      }
      return key;
    }
  }
}
