package dev.parley.projection.testing;

import dev.parley.projection.views.Postgres;
import dev.parley.projection.views.ViewDatabase;
import dev.parley.stack.test.TestEngines;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.UUID;

/// A database of its own on the real Postgres, made by the service's own code.
public final class TestDatabase implements AutoCloseable {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final PgConnectOptions options;
  private final Pool pool;

  public TestDatabase() {
    this.options =
        PgConnectOptions.fromUri(TestEngines.postgres().reactiveUrl())
            .setUser(TestEngines.postgres().user())
            .setPassword(TestEngines.postgres().password())
            .setCachePreparedStatements(true)
            .setDatabase("test_" + UUID.randomUUID().toString().replace("-", ""));
    this.pool =
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(options)
            .with(new PoolOptions().setMaxSize(10))
            .build();
  }

  /// As each instance of the service does at its start.
  public void create() {
    ViewDatabase.create(vertx, options, pool);
  }

  public String name() {
    return options.getDatabase();
  }

  public Pool pool() {
    return pool;
  }

  public Vertx vertx() {
    return vertx;
  }

  public long number(String sql) {
    return Postgres.await(pool.query(sql).execute(), WAIT).iterator().next().getLong(0);
  }

  public String text(String sql) {
    return Postgres.await(pool.query(sql).execute(), WAIT).iterator().next().getString(0);
  }

  public void run(String sql) {
    Postgres.await(pool.query(sql).execute(), WAIT);
  }

  @Override
  public void close() {
    pool.close();
    vertx.close();
  }
}
