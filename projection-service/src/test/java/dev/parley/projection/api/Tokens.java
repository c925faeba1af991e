package dev.parley.projection.api;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Access tokens as identity-service makes them, signed with the key of [EnginesResource].
public final class Tokens {

  private Tokens() {}

  /// @param group `user` or `guest`
  public static String of(UUID person, String group) {
    return of("parley", person.toString(), group, Duration.ofMinutes(15));
  }

  /// @param scope space separated; null: not narrowed
  static String of(UUID person, Set<String> groups, @Nullable String scope) {
    var claims = claims("parley", person.toString(), groups, Duration.ofMinutes(15));
    return signed(scope == null ? claims : claims.claim("scope", scope));
  }

  static String of(String issuer, String subject, String group, Duration life) {
    return signed(claims(issuer, subject, Set.of(group), life));
  }

  private static JwtClaimsBuilder claims(
      String issuer, String subject, Set<String> groups, Duration life) {
    long now = System.currentTimeMillis() / 1_000;
    return Jwt.issuer(issuer)
        .audience("parley")
        .subject(subject)
        .groups(groups)
        .issuedAt(now + Math.min(0, life.toSeconds()))
        .expiresAt(now + life.toSeconds());
  }

  private static String signed(JwtClaimsBuilder claims) {
    return claims.jws().header("typ", "at+jwt").sign();
  }
}
