package dev.parley.identity.signing;

import dev.parley.identity.IdentityConfig;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// Issues access tokens: short-lived, signed, never stored.
@ApplicationScoped
public class AccessTokens {

  static final String ISSUER = "parley";
  static final String AUDIENCE = "parley";

  /// RFC 9068: no other kind of token passes for this one.
  private static final String TYPE = "at+jwt";

  private static final String USER = "user";
  private static final String GUEST = "guest";
  private static final String ADMIN = "admin";
  private static final int MILLIS_DIGITS = 3;

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
    JwtClaims claims = ofSession(key);
    claims.setClaim(
        "scope", scopes.stream().sorted().map(Scope::wireName).collect(Collectors.joining(" ")));
    return sign(person, claims, groups(admin), life);
  }

  /// A token for somebody who is not signed in: its subject is nobody's account.
  public AccessToken issueToGuest() {
    return sign(Ids.uuid7(), new JwtClaims(), List.of(GUEST), guestLife);
  }

  private static JwtClaims ofSession(UUID session) {
    JwtClaims claims = new JwtClaims();
    claims.setClaim("sid", session.toString());
    return claims;
  }

  private static List<String> groups(boolean admin) {
    return admin ? List.of(USER, ADMIN) : List.of(USER);
  }

  private AccessToken sign(UUID subject, JwtClaims claims, List<String> groups, Duration until) {
    Instant now = clock.instant();
    Instant expires = now.truncatedTo(ChronoUnit.SECONDS).plus(until);
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject(subject.toString());
    claims.setStringListClaim("groups", groups);
    // With its milliseconds: who logs out everywhere and in again within one second is in.
    claims.setClaim("iat", BigDecimal.valueOf(now.toEpochMilli(), MILLIS_DIGITS));
    claims.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
    return new AccessToken(signed(claims), expires);
  }

  private String signed(JwtClaims claims) {
    SigningKey key = keys.current();
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setAlgorithmHeaderValue(key.algorithm());
    token.setHeader("typ", TYPE);
    token.setKeyIdHeaderValue(key.id());
    token.setKey(key.privateKey());
    try {
      return token.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("Expected " + key + " to sign", e);
    }
  }

  /// A token and when it ends.
  public record AccessToken(String value, Instant expiresAt) {
    @Override
    public String toString() {
      return "AccessToken[until " + expiresAt + "]";
    }
  }
}
