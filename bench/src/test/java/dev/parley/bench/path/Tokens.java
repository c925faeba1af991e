package dev.parley.bench.path;

import dev.parley.client.Rest;
import dev.parley.schemas.id.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// Tokens that look right but are signed with a key of our own, under the name of the real one.
final class Tokens {

  private final String keyId;
  private final PrivateKey key;

  Tokens(Rest rest) throws GeneralSecurityException {
    var published = rest.get("/.well-known/jwks.json", null).expectOk().body();
    keyId = published.path("keys").path(0).path("kid").asText();
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    key = generator.generateKeyPair().getPrivate();
  }

  String foreign(UUID user) throws GeneralSecurityException {
    return token(user, Instant.now().plus(Duration.ofMinutes(15)));
  }

  String expired(UUID user) throws GeneralSecurityException {
    return token(user, Instant.now().minus(Duration.ofHours(1)));
  }

  private String token(UUID user, Instant expires) throws GeneralSecurityException {
    var header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(keyId);
    var issued = expires.minus(Duration.ofMinutes(15)).getEpochSecond();
    var claims =
        """
        {"iss":"parley","sub":"%s","sid":"%s","groups":["user"],"iat":%d,"exp":%d}\
        """
            .formatted(user, Ids.uuid7(), issued, expires.getEpochSecond());
    var signed =
        base64(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key);
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
