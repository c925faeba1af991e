package dev.parley.search.story;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// Access tokens as identity-service makes them.
///
/// @param key a private key as JSON
public record Tokens(String key) {

  private static final String KEY_ID = "test";

  public static Tokens generate() {
    try {
      var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(KEY_ID);
      return new Tokens(key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The public half, as identity-service publishes it.
  public String jwks() {
    return "{\"keys\":[" + parsed().toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "]}";
  }

  public String of(UUID user) {
    return until(user, "user", Instant.now().plus(Duration.ofMinutes(15)));
  }

  public String expired(UUID user) {
    return until(user, "user", Instant.now().minus(Duration.ofHours(1)));
  }

  public String ofGuest(UUID guest) {
    return until(guest, "guest", Instant.now().plus(Duration.ofMinutes(15)));
  }

  private String until(UUID user, String group, Instant expires) {
    return Jwt.issuer("parley")
        .audience("parley")
        .subject(user.toString())
        .groups(group)
        .issuedAt(expires.minus(Duration.ofMinutes(15)))
        .expiresAt(expires)
        .jws()
        .algorithm(SignatureAlgorithm.ES256)
        .keyId(KEY_ID)
        .header("typ", "at+jwt")
        .sign(parsed().getPrivateKey());
  }

  private PublicJsonWebKey parsed() {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(key);
    } catch (JoseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
