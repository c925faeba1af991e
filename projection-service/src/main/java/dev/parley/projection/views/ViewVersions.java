package dev.parley.projection.views;

import dev.parley.log.TransientException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The versions of the views and what each is for, as the table `views_control.version` has it: it
/// survives every process. Blocks: not to be called on an event loop.
public final class ViewVersions {

  /// Shorter than Postgres takes to look for a deadlock: in a meeting with a reader who began
  /// before the last switch, it is the tidying that gives way, and tries again.
  private static final String LOCK_WAIT =
      "set local lock_timeout = '500ms'; set local client_min_messages = warning";

  /// Enough for the longest read; nobody begins to read a retired set.
  private static final int DROP_ATTEMPTS_MAX = 20;

  private static final Duration WAIT = Duration.ofSeconds(60);

  private final Pool pool;

  public ViewVersions(Pool pool) {
    this.pool = pool;
  }

  public Map<Integer, VersionState> all() {
    var versions = new TreeMap<Integer, VersionState>();
    var rows =
        Postgres.await(pool.query("select n, state from views_control.version").execute(), WAIT);
    for (var row : rows) {
      versions.put(row.getInteger(0), VersionState.of(row.getString(1)));
    }
    return versions;
  }

  /// The version in that state, or null.
  public @Nullable Integer in(VersionState state) {
    return all().entrySet().stream()
        .filter(version -> version.getValue() == state)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /// Creates the next version, empty, to be built.
  private static int begin(SqlConnection connection) {
    var next =
        Postgres.await(
                connection.query("select max(n) + 1 from views_control.version").execute(), WAIT)
            .iterator()
            .next()
            .getInteger(0);
    run(connection, ViewSchema.create(next));
    Postgres.await(
        connection
            .preparedQuery("insert into views_control.version (n, state) values ($1, $2)")
            .execute(Tuple.of(next, VersionState.BUILDING.stored())),
        WAIT);
    return next;
  }

  /// In one transaction: `to` is read from now on, what was read becomes the previous version, and
  /// what was previous is retired.
  ///
  /// @param also more to do in the same transaction
  public void serve(int to, Consumer<SqlConnection> also) {
    dropRetiredViews();
    inTransaction(connection -> {
      run(connection, "set local client_min_messages = warning");
      run(connection, ViewSchema.prepare(to));
      run(connection, ViewSchema.show());
      retirePreviousUnless(connection, to);
      move(connection, VersionState.IN_SERVICE, VersionState.PREVIOUS);
      mark(connection, to, VersionState.IN_SERVICE);
      also.accept(connection);
    });
  }

  private void dropRetiredViews() {
    for (int attempt = 1; ; attempt++) {
      try {
        inTransaction(connection -> {
          run(connection, LOCK_WAIT);
          run(connection, ViewSchema.dropRetired());
        });
        return;
      } catch (TransientException busy) {
        if (attempt == DROP_ATTEMPTS_MAX) {
          throw busy;
        }
      }
    }
  }

  /// Begins the next version together with what the caller records of it.
  ///
  /// @param also gets the connection of the transaction
  public int beginNext(BiConsumer<SqlConnection, Integer> also) {
    var begun = new int[1];
    inTransaction(connection -> {
      run(connection, ViewLock.bootstrap());
      move(connection, VersionState.FAILED, VersionState.RETIRED);
      begun[0] = begin(connection);
      also.accept(connection, begun[0]);
    });
    return begun[0];
  }

  /// Drops versions that were retired at least `settled` ago, so that every writer has noticed.
  public void dropRetired(Duration settled) {
    var rows =
        Postgres.await(
            pool.preparedQuery(
                    """
                    select n from views_control.version
                    where state = 'retired' and changed_at < now() - $1::bigint * interval '1 millisecond'\
                    """)
                .execute(Tuple.of(settled.toMillis())),
            WAIT);
    for (var row : rows) {
      int version = row.getInteger(0);
      inTransaction(connection -> {
        run(connection, ViewSchema.drop(version));
        mark(connection, version, VersionState.DROPPED);
      });
    }
  }

  private static void retirePreviousUnless(SqlConnection connection, int kept) {
    Postgres.await(
        connection
            .preparedQuery(
                """
                update views_control.version set state = 'retired', changed_at = now()
                where state = 'previous' and n <> $1\
                """)
            .execute(Tuple.of(kept)),
        WAIT);
  }

  private static void move(SqlConnection connection, VersionState from, VersionState to) {
    Postgres.await(
        connection
            .preparedQuery(
                "update views_control.version set state = $2, changed_at = now() where state = $1")
            .execute(Tuple.of(from.stored(), to.stored())),
        WAIT);
  }

  public static void mark(SqlConnection connection, int version, VersionState state) {
    Postgres.await(
        connection
            .preparedQuery(
                "update views_control.version set state = $2, changed_at = now() where n = $1")
            .execute(Tuple.of(version, state.stored())),
        WAIT);
  }

  private static void run(SqlConnection connection, String sql) {
    Postgres.await(connection.query(sql).execute(), WAIT);
  }

  /// All of it or nothing.
  public void inTransaction(Consumer<SqlConnection> work) {
    var connection = Postgres.await(pool.getConnection(), WAIT);
    try {
      var transaction = Postgres.await(connection.begin(), WAIT);
      work.accept(connection);
      Postgres.await(transaction.commit(), WAIT);
    } finally {
      Future<Void> _ = connection.close();
    }
  }
}
