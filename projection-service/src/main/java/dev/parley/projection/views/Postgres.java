package dev.parley.projection.views;

import dev.parley.log.TransientException;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for Postgres on a thread of our own, and tells what may succeed later from what is wrong.
public final class Postgres {

  /// Classes of SQLSTATE that say nothing about the statement: connection, rollback by deadlock or
  /// serialisation, resources, operator, lock, system.
  private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "55", "57", "58");

  /// What Postgres says of a file where the system's reason is none that it knows, as a quota that
  /// is used up: "could not extend file ...". It says so in English unless `lc_messages` is
  /// another.
  private static final String INTERNAL = "XX000";

  private static final String COULD_NOT = "could not ";

  private Postgres() {}

  /// Never to be called on an event loop.
  ///
  /// @throws TransientException if Postgres is away, overloaded or slower than `wait`
  /// @throws IllegalStateException if it refuses what it was asked
  public static <T> T await(Future<T> future, Duration wait) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw translated(failed.getCause() instanceof Throwable cause ? cause : failed);
    } catch (TimeoutException late) {
      throw new TransientException("Postgres did not answer within " + wait, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TransientException("Interrupted while waiting for Postgres", interrupted);
    }
  }

  private static RuntimeException translated(Throwable cause) {
    if (!(cause instanceof PgException refused)) {
      return new TransientException("Postgres is not reachable: " + cause.getMessage(), cause);
    }
    if (passes(refused)) {
      return new TransientException("Postgres: " + refused.getMessage(), refused);
    }
    return new IllegalStateException("Postgres refuses: " + refused.getMessage(), refused);
  }

  /// Whether it says that it cannot now, rather than something about the statement.
  public static boolean passes(PgException refused) {
    var state = refused.getSqlState();
    return state != null
        && (state.length() == 5 && TRANSIENT_CLASSES.contains(state.substring(0, 2))
            || (INTERNAL.equals(state)
                && String.valueOf(refused.getErrorMessage()).startsWith(COULD_NOT)));
  }
}
