package dev.parley.identity;

import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Real Postgres, Kafka and Redis, shared by all tests of the JVM.
public final class Engines implements QuarkusTestResourceLifecycleManager {

  public static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  public static final String OPERATOR_SECRET = "operator-secret-of-the-test";

  @Override
  public Map<String, String> start() {
    return Map.of(
        "parley.kafka.bootstrap-servers", TestEngines.kafka().bootstrapServers(),
        "quarkus.redis.hosts", TestEngines.redis().url(),
        "quarkus.datasource.reactive.url", TestEngines.postgres().reactiveUrl(),
        "quarkus.datasource.username", TestEngines.postgres().user(),
        "quarkus.datasource.password", TestEngines.postgres().password(),
        "parley.master-key", MASTER_KEY,
        "parley.operator-secret", OPERATOR_SECRET,
        "parley.identity.outbox.poll-interval", "PT30S");
  }

  @Override
  public void stop() {}
}
