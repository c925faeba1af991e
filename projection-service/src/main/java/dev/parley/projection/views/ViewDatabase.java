package dev.parley.projection.views;

import dev.parley.log.TransientException;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what is absent: the database, the control tables, version 1 of the views. Any number of
/// instances may do so at once.
public final class ViewDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(ViewDatabase.class);
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final String MAINTENANCE_DATABASE = "postgres";

  /// What two instances that create the same database at once may be told.
  private static final Set<String> ALREADY_THERE = Set.of("42P04", "23505");

  private static final String UNKNOWN_DATABASE = "3D000";

  /// A version that is never anything else.
  private static final int SAMPLE = 0;

  private ViewDatabase() {}

  /// @throws TransientException if Postgres is away
  public static void create(Vertx vertx, PgConnectOptions options, Pool pool) {
    createDatabase(vertx, options);
    var connection = Postgres.await(pool.getConnection(), WAIT);
    try {
      createSchemas(connection);
    } finally {
      connection.close();
    }
  }

  private static void createSchemas(SqlConnection connection) {
    var transaction = Postgres.await(connection.begin(), WAIT);
    Postgres.await(connection.query(ViewLock.bootstrap()).execute(), WAIT);
    Postgres.await(connection.query(ViewSchema.createControl()).execute(), WAIT);
    var versions =
        Postgres.await(
            connection
                .query("select 1 from views_control.version where state = 'in_service'")
                .execute(),
            WAIT);
    if (versions.size() == 0) {
      Postgres.await(connection.query(ViewSchema.create(1)).execute(), WAIT);
      Postgres.await(connection.query(ViewSchema.prepare(1) + ViewSchema.show()).execute(), WAIT);
      Postgres.await(
          connection
              .preparedQuery("insert into views_control.version (n, state) values ($1, $2)")
              .execute(Tuple.of(1, VersionState.IN_SERVICE.stored())),
          WAIT);
      LOG.info("Created version 1 of the views");
    }
    replaceOutdated(connection);
    Postgres.await(transaction.commit(), WAIT);
  }

  /// A version that an older release made lacks tables or columns: a new one takes its place and is
  /// filled from the log, from the start. What it should have is seen in one made for the moment.
  private static void replaceOutdated(SqlConnection connection) {
    Postgres.await(connection.query(ViewSchema.create(SAMPLE)).execute(), WAIT);
    var found =
        Postgres.await(
            connection
                .query(
                    """
                    select v.n, (select max(n) from views_control.version) as highest
                    from views_control.version v where v.state = 'in_service' and exists (
                      select table_name, column_name, data_type from information_schema.columns
                      where table_schema = '%s'
                      except select table_name, column_name, data_type from information_schema.columns
                      where table_schema = 'views_' || v.n)\
                    """
                        .formatted(ViewSchema.of(SAMPLE)))
                .execute(),
            WAIT);
    Postgres.await(connection.query(ViewSchema.drop(SAMPLE)).execute(), WAIT);
    if (found.size() == 0) {
      return;
    }
    int outdated = found.iterator().next().getInteger("n");
    int next = found.iterator().next().getInteger("highest") + 1;
    Postgres.await(connection.query(ViewSchema.create(next)).execute(), WAIT);
    Postgres.await(connection.query(ViewSchema.dropRetired()).execute(), WAIT);
    Postgres.await(connection.query(ViewSchema.prepare(next) + ViewSchema.show()).execute(), WAIT);
    Postgres.await(
        connection
            .query(
                "update views_control.version set state = 'retired', changed_at = now()"
                    + " where state in ('in_service', 'previous', 'building')")
            .execute(),
        WAIT);
    Postgres.await(
        connection
            .preparedQuery("insert into views_control.version (n, state) values ($1, $2)")
            .execute(Tuple.of(next, VersionState.IN_SERVICE.stored())),
        WAIT);
    LOG.warn(
        "Version {} of the views is of an older release: version {} is being filled from the log",
        outdated,
        next);
  }

  private static void createDatabase(Vertx vertx, PgConnectOptions options) {
    if (exists(vertx, options)) {
      return;
    }
    var maintenance = new PgConnectOptions(options).setDatabase(MAINTENANCE_DATABASE);
    var name = options.getDatabase().replace("\"", "\"\"");
    var pool = single(vertx, maintenance);
    try {
      Postgres.await(pool.query("create database \"" + name + "\"").execute(), WAIT);
      LOG.info("Created database {}", options.getDatabase());
    } catch (IllegalStateException refused) {
      if (!(refused.getCause() instanceof PgException reason)
          || !ALREADY_THERE.contains(String.valueOf(reason.getSqlState()))) {
        throw refused;
      }
    } finally {
      pool.close();
    }
  }

  private static boolean exists(Vertx vertx, PgConnectOptions options) {
    var pool = single(vertx, options);
    try {
      Postgres.await(pool.query("select 1").execute(), WAIT);
      return true;
    } catch (IllegalStateException refused) {
      if (refused.getCause() instanceof PgException reason
          && UNKNOWN_DATABASE.equals(reason.getSqlState())) {
        return false;
      }
      throw refused;
    } finally {
      pool.close();
    }
  }

  private static Pool single(Vertx vertx, PgConnectOptions options) {
    return PgBuilder.pool()
        .using(vertx)
        .connectingTo(options)
        .with(new PoolOptions().setMaxSize(1))
        .build();
  }
}
