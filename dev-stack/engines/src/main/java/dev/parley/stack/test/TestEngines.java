package dev.parley.stack.test;

import dev.parley.stack.engine.ElasticsearchEngine;
import dev.parley.stack.engine.KafkaEngine;
import dev.parley.stack.engine.PostgresEngine;
import dev.parley.stack.engine.RedisEngine;
import dev.parley.stack.process.Ports;
import java.nio.file.Path;

/// One engine of each kind per test JVM: started when first asked for, on a free port with data of
/// its own, and stopped when the JVM ends, however it ends. Where Docker answers, containers take
/// their place.
///
/// An instance is shared by all tests of the JVM, so a test uses names of its own (topics, tables,
/// keys, indices).
public final class TestEngines {

  private static final String USER = "parley";

  private TestEngines() {}

  /// @param bootstrapServers `host:port`
  public record Kafka(String bootstrapServers) {}

  public record Postgres(String host, int port, String database, String user, String password) {
    public String reactiveUrl() {
      return "postgresql://%s:%d/%s".formatted(host, port, database);
    }

    public String jdbcUrl() {
      return "jdbc:" + reactiveUrl();
    }
  }

  /// @param url `redis://host:port`
  public record Redis(String url) {}

  /// @param url `http://host:port`
  public record Elasticsearch(String url) {}

  public static Kafka kafka() {
    return new Kafka(
        Shared.address(
            "kafka",
            () -> {
              if (Docker.answers()) {
                return Containers.kafka();
              }
              Path folder = Shared.folder("kafka");
              KafkaEngine engine =
                  new KafkaEngine(
                      Ports.free(), Ports.free(), folder.resolve("data"), log(folder), 512);
              Shared.start(engine);
              return engine.bootstrapServers();
            }));
  }

  public static Postgres postgres() {
    String address =
        Shared.address(
            "postgres",
            () -> {
              if (Docker.answers()) {
                return Containers.postgres(USER);
              }
              Path folder = Shared.folder("postgres");
              PostgresEngine engine =
                  new PostgresEngine(
                      Ports.free(),
                      folder.resolve("data"),
                      log(folder),
                      USER,
                      USER,
                      USER,
                      PostgresEngine.Durability.VOLATILE);
              Shared.start(engine);
              return "127.0.0.1:" + engine.port();
            });
    int colon = address.lastIndexOf(':');
    return new Postgres(
        address.substring(0, colon),
        Integer.parseInt(address.substring(colon + 1)),
        USER,
        USER,
        USER);
  }

  public static Redis redis() {
    return new Redis(
        Shared.address(
            "redis",
            () -> {
              if (Docker.answers()) {
                return Containers.redis();
              }
              Path folder = Shared.folder("redis");
              RedisEngine engine =
                  new RedisEngine(Ports.free(), folder.resolve("data"), log(folder));
              Shared.start(engine);
              return engine.url();
            }));
  }

  public static Elasticsearch elasticsearch() {
    return new Elasticsearch(
        Shared.address(
            "elasticsearch",
            () -> {
              if (Docker.answers()) {
                return Containers.elasticsearch();
              }
              Path folder = Shared.folder("elasticsearch");
              ElasticsearchEngine engine =
                  new ElasticsearchEngine(
                      Ports.free(), Ports.free(), folder.resolve("data"), log(folder), 384);
              Shared.start(engine);
              return engine.url();
            }));
  }

  private static Path log(Path folder) {
    return folder.resolve("engine.log");
  }
}
