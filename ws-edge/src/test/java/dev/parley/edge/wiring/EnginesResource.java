package dev.parley.edge.wiring;

import dev.parley.log.TopicAdmin;
import dev.parley.schemas.content.MasterKey;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Real Kafka and Redis, and a place for the stand-in of projection-service and identity-service,
/// which the test itself puts there.
public class EnginesResource implements QuarkusTestResourceLifecycleManager {

  static final String PORT = "parley.test.services.port";
  static final String MASTER_KEY = "parley.test.master-key";
  static final String SECRET = "test-internal-secret";
  static final String NODE = "edge-under-test";

  /// The one other origin whose pages are trusted.
  static final String PARTNER = "https://partner.example";

  private static final int PARTITIONS = 4;
  private static final Duration WAIT = Duration.ofSeconds(60);

  @Override
  public Map<String, String> start() {
    var bootstrap = TestEngines.kafka().bootstrapServers();
    TopicAdmin.ensure(bootstrap, PARTITIONS, (short) 1, WAIT);
    var port = Integer.toString(freePort());
    var masterKey = MasterKey.randomBase64();
    System.setProperty(PORT, port);
    System.setProperty(MASTER_KEY, masterKey);
    var config = new HashMap<String, String>();
    config.put("quarkus.http.test-port", "0");
    config.put("parley.kafka.bootstrap-servers", bootstrap);
    config.put("quarkus.redis.hosts", redisUrl());
    config.put("parley.projection.url", "http://127.0.0.1:" + port);
    config.put(
        "mp.jwt.verify.publickey.location", "http://127.0.0.1:" + port + "/.well-known/jwks.json");
    config.put("parley.master-key", masterKey);
    config.put("parley.internal-secret", SECRET);
    config.put("parley.node", NODE);
    config.put("parley.door.origins", PARTNER);
    config.put("parley.edge.auth-deadline", "2s");
    config.put("parley.edge.connections-per-user-max", "3");
    config.put("parley.edge.outbox-frames-max", "256");
    config.put("parley.edge.outbox-bytes-max", "400000");
    config.put("parley.edge.sweep", "300ms");
    config.put("parley.edge.inbox-check", "1s");
    return config;
  }

  @Override
  public void stop() {
    // The engines live until the JVM ends.
  }

  /// Where the edge and the world find Redis.
  String redisUrl() {
    return TestEngines.redis().url();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
