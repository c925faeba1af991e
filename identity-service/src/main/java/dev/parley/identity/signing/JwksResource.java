package dev.parley.identity.signing;

import dev.parley.identity.IdentityConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The public halves of the signing keys, RFC 7517: what edges and services verify access tokens
/// with.
@PermitAll
@Path("/.well-known/jwks.json")
public class JwksResource {

  private static final int COORDINATE_BYTES = 32;
  private static final long CACHED_SECONDS_MAX = 60;

  private final SigningKeys keys;
  private final String cacheControl;

  JwksResource(SigningKeys keys, IdentityConfig config) {
    this.keys = keys;
    this.cacheControl = cacheControl(config.identity().signing().publishAhead());
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response keys() {
    List<Map<String, String>> published = keys.all().stream().map(JwksResource::jwk).toList();
    return Response.ok(Map.of("keys", published))
        .header(HttpHeaders.CACHE_CONTROL, cacheControl)
        .build();
  }

  /// Short enough that whoever keeps the set has asked again before a new key signs.
  static String cacheControl(Duration publishAhead) {
    long seconds = Math.min(CACHED_SECONDS_MAX, publishAhead.toSeconds() / 2);
    return seconds == 0 ? "no-cache" : "public, max-age=" + seconds;
  }

  static Map<String, String> jwk(SigningKey key) {
    return Map.of(
        "kty", "EC",
        "crv", "P-256",
        "alg", "ES256",
        "use", "sig",
        "kid", key.id(),
        "x", coordinate(key.publicKey().getW().getAffineX()),
        "y", coordinate(key.publicKey().getW().getAffineY()));
  }

  /// Big-endian at the full width of the curve: without a sign byte, with leading zeros.
  static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
