package dev.parley.identity;

import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/// An empty database for a test that leaves nothing that others could use.
public final class OwnDatabase implements QuarkusTestResourceLifecycleManager {

  /// After [Engines], whose address it replaces.
  @Override
  public int order() {
    return 10;
  }

  @Override
  public Map<String, String> start() {
    var postgres = TestEngines.postgres();
    String name = "own_" + UUID.randomUUID().toString().substring(0, 8);
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("No database of its own", e);
    }
    return Map.of(
        "quarkus.datasource.reactive.url",
        "postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), name));
  }

  @Override
  public void stop() {}
}
