package dev.parley.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// When a token was issued, when it begins to hold and when it ends, in milliseconds.
record Times(long issuedAtMillis, long notBeforeMillis, long expiresAtMillis) {

  private static final double MILLIS_PER_SECOND = 1_000;

  /// The year 5138: what is beyond is no time but an attempt to overflow one.
  private static final double SECONDS_MAX = 1e11;

  private static final long NONE = -1;

  /// Null: `iat` or `exp` is missing, or one is no time. Without the first nobody could tell
  /// whether the token was issued before a revocation.
  static @Nullable Times read(JsonNode claims, long lifeMaxMillis) {
    long issued = millis(claims.path("iat"));
    long expires = millis(claims.path("exp"));
    var notBefore = claims.path("nbf");
    long begins = notBefore.isMissingNode() ? 0 : millis(notBefore);
    return issued == NONE || expires == NONE || begins == NONE
        ? null
        : new Times(issued, begins, Math.min(expires, issued + lifeMaxMillis));
  }

  boolean holds(long nowMillis, long skewMillis) {
    return nowMillis < expiresAtMillis + skewMillis
        && nowMillis >= notBeforeMillis - skewMillis
        && nowMillis >= issuedAtMillis - skewMillis;
  }

  /// Seconds, which may have a fraction (RFC 7519).
  private static long millis(JsonNode seconds) {
    double value = seconds.isNumber() ? seconds.doubleValue() : NONE;
    return value >= 0 && value <= SECONDS_MAX ? Math.round(value * MILLIS_PER_SECOND) : NONE;
  }
}
