package dev.parley.stack.test;

import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/// The same engines as containers. Testcontainers' own reaper removes them when the JVM is gone.
final class Containers {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private Containers() {}

  @SuppressWarnings("resource")
  static String kafka() {
    KafkaContainer container =
        new KafkaContainer(DockerImageName.parse("apache/kafka:4.1.2"))
            .withEnv(
                Map.of(
                    "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
                    "KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000",
                    "KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000"));
    container.start();
    return container.getBootstrapServers();
  }

  @SuppressWarnings("resource")
  static String postgres(String user) {
    GenericContainer<?> container =
        new GenericContainer<>("postgres:18")
            .withEnv(Map.of("POSTGRES_USER", user, "POSTGRES_PASSWORD", user, "POSTGRES_DB", user))
            .withExposedPorts(5432)
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*\\s", 2))
            .withStartupTimeout(START_LIMIT);
    return started(container, 5432);
  }

  @SuppressWarnings("resource")
  static String redis() {
    GenericContainer<?> container =
        new GenericContainer<>("redis:7").withExposedPorts(6379).withStartupTimeout(START_LIMIT);
    return "redis://" + started(container, 6379);
  }

  @SuppressWarnings("resource")
  static String elasticsearch() {
    GenericContainer<?> container =
        new GenericContainer<>("docker.elastic.co/elasticsearch/elasticsearch:9.5.3")
            .withEnv(
                Map.of(
                    "discovery.type", "single-node",
                    "xpack.security.enabled", "false",
                    "cluster.routing.allocation.disk.threshold_enabled", "false",
                    "ES_JAVA_OPTS", "-Xms384m -Xmx384m"))
            .withExposedPorts(9200)
            .waitingFor(Wait.forHttp("/_cluster/health").forPort(9200))
            .withStartupTimeout(START_LIMIT);
    return "http://" + started(container, 9200);
  }

  private static String started(GenericContainer<?> container, int port) {
    container.start();
    return container.getHost() + ":" + container.getMappedPort(port);
  }
}
