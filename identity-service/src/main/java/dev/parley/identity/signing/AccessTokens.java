package dev.parley.identity.signing;

import dev.parley.identity.IdentityConfig;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Issues access tokens: short-lived, signed with ES256, never stored.
@ApplicationScoped
public class AccessTokens {

  static final String ISSUER = "parley";
  private static final String USER = "user";
  private static final String GUEST = "guest";
  private static final String ADMIN = "admin";
  static final String AUDIENCE = "parley";

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
  ///
  /// @param admin whether the person is an admin of the deployment
  public AccessToken issue(UUID person, UUID session, boolean admin) {
    return sign(person, ofSession(session), groups(admin), life);
  }

  /// A token for a program, which may do what its scopes say and no more than its person may.
  ///
  /// @param key the service key it was got with: revoking that voids it
  public AccessToken issueToService(UUID person, UUID key, boolean admin, Set<Scope> scopes) {
    String scope = scopes.stream().sorted().map(Scope::wireName).collect(Collectors.joining(" "));
    return sign(person, ofSession(key).claim("scope", scope), groups(admin), life);
  }

  /// A token for somebody who is not signed in: its subject is nobody's account.
  public AccessToken issueToGuest() {
    return sign(Ids.uuid7(), Jwt.claims(), Set.of(GUEST), guestLife);
  }

  private static JwtClaimsBuilder ofSession(UUID session) {
    return Jwt.claims().claim("sid", session.toString());
  }

  private static Set<String> groups(boolean admin) {
    return admin ? Set.of(USER, ADMIN) : Set.of(USER);
  }

  private AccessToken sign(
      UUID subject, JwtClaimsBuilder claims, Set<String> groups, Duration until) {
    SigningKey key = keys.current();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expires = now.plus(until);
    String token =
        claims
            .issuer(ISSUER)
            .subject(subject.toString())
            .audience(AUDIENCE)
            .groups(groups)
            .issuedAt(now)
            .expiresAt(expires)
            .jws()
            .header("typ", "at+jwt")
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
