package dev.parley.command.door;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Access tokens as identity-service makes them.
record TestTokens(PublicJsonWebKey key) {

  static TestTokens generate() {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId("test");
      return new TestTokens(key);
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static TestTokens decode(String encoded) {
    try {
      return new TestTokens(PublicJsonWebKey.Factory.newPublicJwk(encoded));
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }

  String encoded() {
    return key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
  }

  String jwks() {
    return "{\"keys\":[" + key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "]}";
  }

  String of(UUID user) {
    return token(user.toString(), Instant.now().plus(Duration.ofMinutes(15)), "parley");
  }

  /// @param scope null: all that the person may
  String ofAdmin(UUID user, @Nullable String scope) {
    Instant expires = Instant.now().plus(Duration.ofMinutes(15));
    var claims =
        Jwt.issuer("parley")
            .audience("parley")
            .subject(user.toString())
            .groups(Set.of("user", "admin"))
            .issuedAt(expires.minus(Duration.ofMinutes(15)))
            .expiresAt(expires);
    if (scope != null) {
      claims.claim("scope", scope);
    }
    return claims
        .jws()
        .type("at+jwt")
        .algorithm(SignatureAlgorithm.ES256)
        .keyId("test")
        .sign(key.getPrivateKey());
  }

  String expired(UUID user) {
    return token(user.toString(), Instant.now().minus(Duration.ofHours(1)), "parley");
  }

  String ofForeignIssuer(UUID user) {
    return token(user.toString(), Instant.now().plus(Duration.ofMinutes(15)), "elsewhere");
  }

  private String token(String subject, Instant expires, String issuer) {
    return Jwt.issuer(issuer)
        .audience("parley")
        .subject(subject)
        .groups("user")
        .issuedAt(expires.minus(Duration.ofMinutes(15)))
        .expiresAt(expires)
        .jws()
        .algorithm(SignatureAlgorithm.ES256)
        .keyId("test")
        .header("typ", "at+jwt")
        .sign(key.getPrivateKey());
  }
}
