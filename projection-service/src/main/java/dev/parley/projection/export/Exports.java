package dev.parley.projection.export;

import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Refusal;
import dev.parley.projection.views.Postgres;
import dev.parley.schemas.error.ErrorCode;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Begins and ends exports: one a person over all instances, a few at once in this one, each for a
/// bounded time.
@ApplicationScoped
public class Exports {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private final Pool pool;
  private final Vertx vertx;
  private final ProjectionConfig.Export limits;
  private final Semaphore running;

  public Exports(Pool pool, Vertx vertx, ProjectionConfig config) {
    this.pool = pool;
    this.vertx = vertx;
    this.limits = config.export();
    this.running = new Semaphore(limits.atOnceMax());
  }

  /// Takes the snapshot. Whoever begins an export writes or closes it.
  ///
  /// @throws Refusal if the person has an export already, or too many run here
  Running begin(UUID user) {
    if (!running.tryAcquire()) {
      throw new Refusal(
          ErrorCode.OVERLOADED, "More than " + limits.atOnceMax() + " exports are running");
    }
    try {
      return begin(Postgres.await(pool.getConnection(), WAIT), user);
    } catch (RuntimeException refused) {
      running.release();
      throw refused;
    }
  }

  private Running begin(SqlConnection connection, UUID user) {
    try {
      var transaction = Postgres.await(connection.begin(), WAIT);
      return new Running(connection, transaction, open(connection, user));
    } catch (RuntimeException refused) {
      // Rolls back.
      connection.close();
      throw refused;
    }
  }

  private Export open(SqlConnection connection, UUID user) {
    Postgres.await(
        connection.query("set transaction isolation level repeatable read, read only").execute(),
        WAIT);
    // Held to the end of the transaction, by whichever instance.
    var alone =
        Postgres.await(
            connection
                .preparedQuery("select pg_try_advisory_xact_lock($1)")
                .execute(Tuple.of(user.getMostSignificantBits() ^ user.getLeastSignificantBits())),
            WAIT);
    if (!alone.iterator().next().getBoolean(0)) {
      throw new Refusal(ErrorCode.RATE_LIMITED, "Your last export is still running: one at a time");
    }
    var version =
        Postgres.await(
            connection
                .query("select n from views_control.version where state = 'in_service'")
                .execute(),
            WAIT);
    var schema = "views_" + version.iterator().next().getInteger(0);
    return new Export(connection, schema, user, limits.rowsAtATime(), WAIT);
  }

  /// An export that has its snapshot. Over the longest time whoever receives it is cut off.
  final class Running implements AutoCloseable {

    private final SqlConnection connection;
    private final Transaction transaction;
    private final Export export;
    private final long timer;
    private final AtomicReference<State> state = new AtomicReference<>(State.BEGUN);
    private volatile @Nullable Runnable cut;

    private enum State {
      BEGUN,
      WRITING,
      OVER
    }

    private Running(SqlConnection connection, Transaction transaction, Export export) {
      this.connection = connection;
      this.transaction = transaction;
      this.export = export;
      this.timer = vertx.setTimer(limits.longest().toMillis(), _ -> expire());
    }

    /// @param cutting ends the connection to the receiver
    Running orElse(Runnable cutting) {
      cut = cutting;
      return this;
    }

    private void expire() {
      var receiver = cut;
      if (receiver != null) {
        receiver.run();
      }
      // What is being written ends by itself now that nobody receives it.
      if (state.compareAndSet(State.BEGUN, State.OVER)) {
        end();
      }
    }

    void writeTo(OutputStream out, byte[] account) throws IOException {
      if (!state.compareAndSet(State.BEGUN, State.WRITING)) {
        throw new IOException("The export is over");
      }
      try {
        export.writeTo(out, account);
      } finally {
        close();
      }
    }

    @Override
    public void close() {
      if (state.getAndSet(State.OVER) != State.OVER) {
        vertx.cancelTimer(timer);
        end();
      }
    }

    private void end() {
      running.release();
      transaction.rollback().onComplete(_ -> connection.close());
    }
  }
}
