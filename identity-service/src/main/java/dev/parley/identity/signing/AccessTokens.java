package dev.parley.identity.signing;

import dev.parley.identity.IdentityConfig;
import dev.parley.schemas.id.Ids;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
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
  private static final String USER = "user";
  private static final String GUEST = "guest";

  private final SigningKeys keys;
  private final InstantSource clock;
  private final Duration life;
  private final Duration guestLife;

  AccessTokens(SigningKeys keys, InstantSource clock, IdentityConfig config) {
    this.keys = keys;
    this.clock = clock;
    this.life = config.identity().tokens().accessLife();
    this.guestLife = config.identity().guests().life();
  }

  /// A token for one session of one person.
  public AccessToken issue(UUID person, UUID session) {
    return sign(person, Jwt.claims().claim("sid", session.toString()), USER, life);
  }

  /// A token for somebody who is not signed in: its subject is nobody's account.
  public AccessToken issueToGuest() {
    return sign(Ids.uuid7(), Jwt.claims(), GUEST, guestLife);
  }

  private AccessToken sign(UUID subject, JwtClaimsBuilder claims, String group, Duration until) {
    SigningKey key = keys.current();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plus(until);
    String token =
        claims
            .issuer(ISSUER)
            .subject(subject.toString())
            .groups(group)
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
