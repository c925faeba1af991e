package dev.parley.projection.api;

import com.sun.net.httpserver.HttpServer;
import dev.parley.log.TopicAdmin;
import dev.parley.schemas.content.MasterKey;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/// The service on real engines, with keys for tokens that the tests sign themselves.
public final class EnginesResource implements QuarkusTestResourceLifecycleManager {

  public static final String SECRET = "the-internal-secret";

  /// What identity-service says of everybody.
  public static final String ACCOUNT = "{\"name\":\"ann\",\"sessions\":[]}";

  private static final String IDENTITY_STATUS = "parley.test.identity.status";

  /// In a property, since the service has a class loader of its own.
  public static void identityAnswers(int status) {
    System.setProperty(IDENTITY_STATUS, String.valueOf(status));
  }

  private static String identity() {
    try {
      var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      server.createContext(
          "/internal/people/",
          exchange -> {
            boolean known = SECRET.equals(exchange.getRequestHeaders().getFirst("Parley-Internal"));
            var account = ACCOUNT.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                known ? Integer.getInteger(IDENTITY_STATUS, 200) : 404, account.length);
            exchange.getResponseBody().write(account);
            exchange.close();
          });
      server.start();
      return "http://127.0.0.1:" + server.getAddress().getPort();
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  @Override
  public Map<String, String> start() {
    var kafka = TestEngines.kafka().bootstrapServers();
    TopicAdmin.ensure(kafka, 3, (short) 1, Duration.ofSeconds(30));
    var config = new HashMap<>(keys());
    config.put("parley.kafka.bootstrap-servers", kafka);
    config.put("parley.master-key", MasterKey.randomBase64());
    config.put("parley.internal-secret", SECRET);
    config.put("parley.identity.url", identity());
    config.put("quarkus.redis.hosts", TestEngines.redis().url());
    // A database that does not exist: the service makes it.
    config.put(
        "quarkus.datasource.reactive.url",
        TestEngines.postgres().reactiveUrl().replace("/parley", "/projections"));
    config.put("quarkus.datasource.username", TestEngines.postgres().user());
    config.put("quarkus.datasource.password", TestEngines.postgres().password());
    config.put("parley.views.at-least-wait", "300ms");
    // As long as a test may wait for it.
    config.put("parley.views.tail-wait", "30s");
    config.put("parley.views.key-wait", "2s");
    config.put("quarkus.http.test-port", "0");
    return config;
  }

  private static Map<String, String> keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var dir = Files.createTempDirectory("parley-keys");
      var keySet = dir.resolve("jwks.json");
      var privateKey = dir.resolve("private.pem");
      Files.writeString(
          keySet,
          new JsonWebKeySet(PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic())).toJson());
      Files.writeString(privateKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      return Map.of(
          "mp.jwt.verify.publickey.location", keySet.toUri().toString(),
          "smallrye.jwt.sign.key.location", privateKey.toUri().toString(),
          "smallrye.jwt.new-token.signature-algorithm", "ES256");
    } catch (GeneralSecurityException | JoseException missing) {
      throw new IllegalStateException(missing);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static String pem(String what, byte[] key) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(key), what);
  }

  @Override
  public void stop() {}
}
