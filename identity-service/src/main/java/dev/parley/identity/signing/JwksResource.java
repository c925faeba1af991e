package dev.parley.identity.signing;

import dev.parley.identity.IdentityConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.lang.JoseException;

/// The public halves of the signing keys, RFC 7517: what edges and services verify access tokens
/// with.
@PermitAll
@Path("/.well-known/jwks.json")
public class JwksResource {

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
    List<Map<String, Object>> published = keys.all().stream().map(JwksResource::jwk).toList();
    return Response.ok(Map.of("keys", published))
        .header(HttpHeaders.CACHE_CONTROL, cacheControl)
        .build();
  }

  /// Short enough that whoever keeps the set has asked again before a new key signs.
  static String cacheControl(Duration publishAhead) {
    long seconds = Math.min(CACHED_SECONDS_MAX, publishAhead.toSeconds() / 2);
    return seconds == 0 ? "no-cache" : "public, max-age=" + seconds;
  }

  static Map<String, Object> jwk(SigningKey key) {
    try {
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key.publicKey());
      jwk.setKeyId(key.id());
      jwk.setUse(Use.SIGNATURE);
      jwk.setAlgorithm(key.algorithm());
      return jwk.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    } catch (JoseException e) {
      throw new IllegalStateException("Expected a JWK of " + key, e);
    }
  }
}
