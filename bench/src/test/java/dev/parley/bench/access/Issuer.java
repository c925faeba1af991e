package dev.parley.bench.access;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// Another system that knows its own people: signs tokens for them, and publishes its key where the
/// stack under test was told to look.
final class Issuer implements AutoCloseable {

  private final URI address;
  private final HttpServer server;
  private final KeyPair keys;

  /// @param address where the stack looks for keys, and the issuer's name
  Issuer(URI address) {
    this.address = address;
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      keys = generator.generateKeyPair();
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", address.getPort()), 0);
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException("No issuer at " + address, failed);
    }
    var published = jwks().getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/jwks.json",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, published.length);
          exchange.getResponseBody().write(published);
          exchange.close();
        });
    server.start();
  }

  String token(String subject) {
    return token(address.toString(), subject, Instant.now().plus(Duration.ofHours(1)));
  }

  String expired(String subject) {
    return token(address.toString(), subject, Instant.now().minus(Duration.ofMinutes(5)));
  }

  /// Under the name of an issuer that nobody knows.
  String unknown(String subject) {
    return token("https://nobody.example", subject, Instant.now().plus(Duration.ofHours(1)));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String token(String issuer, String subject, Instant expires) {
    var header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"it\"}";
    var claims =
        """
        {"iss":"%s","aud":"parley","sub":"%s","preferred_username":"%s","name":"%s","iat":%d,"exp":%d}\
        """
            .formatted(
                issuer,
                subject,
                subject,
                subject,
                expires.minus(Duration.ofHours(1)).getEpochSecond(),
                expires.getEpochSecond());
    var signed = base64(header) + "." + base64(claims);
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("RSA did not sign", impossible);
    }
  }

  private String jwks() {
    var key = (RSAPublicKey) keys.getPublic();
    return """
    {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"it","n":"%s","e":"%s"}]}\
    """
        .formatted(unsigned(key.getModulus()), unsigned(key.getPublicExponent()));
  }

  private static String unsigned(BigInteger number) {
    var bytes = number.toByteArray();
    var from = bytes[0] == 0 ? 1 : 0;
    return base64(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
