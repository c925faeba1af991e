package dev.parley.identity.signing;

import dev.parley.identity.IdentityConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Issues access tokens: short-lived, signed with ES256, never stored.
@ApplicationScoped
public class AccessTokens {

  static final String ISSUER = "parley";

  private final SigningKeys keys;
  private final InstantSource clock;
  private final Duration life;

  AccessTokens(SigningKeys keys, InstantSource clock, IdentityConfig config) {
    this.keys = keys;
    this.clock = clock;
    this.life = config.identity().tokens().accessLife();
  }

  /// A token for one session of one person.
  public AccessToken issue(UUID person, UUID session) {
    SigningKey key = keys.current();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plus(life);
    String token =
        Jwt.issuer(ISSUER)
            .subject(person.toString())
            .claim("sid", session.toString())
            .groups("user")
            .issuedAt(now)
            .expiresAt(expires)
            .jws()
            .algorithm(SignatureAlgorithm.ES256)
            .keyId(key.id())
            .sign(key.privateKey());
    return new AccessToken(token, expires);
  }

  /// A token and when it ends.
  public record AccessToken(String value, Instant expiresAt) {
    @Override
    public String toString() {
      return "AccessToken[until " + expiresAt + "]";
    }
  }
}
