package dev.parley.search.story;

import com.sun.net.httpserver.HttpServer;
import dev.parley.log.TopicAdmin;
import dev.parley.schemas.content.MasterKey;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Real Kafka, Redis and Elasticsearch, and a key that the test signs tokens with.
public class Engines implements QuarkusTestResourceLifecycleManager {

  public static final String INTERNAL_SECRET = "a secret of the test";

  private static final int PARTITIONS = 3;

  private @Nullable HttpServer keys;

  @Override
  public Map<String, String> start() {
    var bootstrap = TestEngines.kafka().bootstrapServers();
    TopicAdmin.ensure(bootstrap, PARTITIONS, (short) 1, Duration.ofSeconds(30));
    var tokens = Tokens.generate();
    var config = new HashMap<String, String>();
    config.put("parley.kafka.bootstrap-servers", bootstrap);
    config.put("quarkus.redis.hosts", TestEngines.redis().url());
    config.put("parley.elasticsearch.url", elasticsearchUrl());
    config.put("parley.master-key", MasterKey.randomBase64());
    config.put("parley.internal-secret", INTERNAL_SECRET);
    config.put("parley.search.index.name-prefix", "test-" + UUID.randomUUID());
    config.put("parley.search.index.refresh-interval", "100ms");
    config.put("parley.search.replay.scan-documents-max", "50");
    config.put("mp.jwt.verify.publickey.location", publish(tokens.jwks()));
    config.put("quarkus.http.test-port", "0");
    config.put("test.token", tokens.key());
    return config;
  }

  String elasticsearchUrl() {
    return TestEngines.elasticsearch().url();
  }

  /// The engines live until the JVM ends.
  @Override
  public void stop() {
    var server = keys;
    if (server != null) {
      server.stop(0);
    }
  }

  private String publish(String jwks) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/jwks.json",
          exchange -> {
            var body = jwks.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      keys = server;
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json";
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
