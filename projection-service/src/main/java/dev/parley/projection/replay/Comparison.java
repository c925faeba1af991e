package dev.parley.projection.replay;

import dev.parley.log.TransientException;
import dev.parley.projection.views.Postgres;
import dev.parley.projection.views.ViewLock;
import dev.parley.projection.views.ViewSchema;
import dev.parley.projection.views.ViewVersions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;

/// Compares two versions at the same positions while both go on.
///
/// A gate holds the writers at the further position of each partition until both versions stand
/// there; then one snapshot is taken of both, the gate opens again, and the digests are made from
/// the snapshot. So writers wait for moments, however long the digests take.
final class Comparison {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final Pool pool;
  private final ViewVersions versions;
  private final Duration alignWait;

  Comparison(Pool pool, ViewVersions versions, Duration alignWait) {
    this.pool = pool;
    this.versions = versions;
    this.alignWait = alignWait;
  }

  record Result(Digest oldDigest, Digest newDigest) {

    boolean equal() {
      return oldDigest.value().equals(newDigest.value());
    }
  }

  /// @throws TransientException if they did not get to one place in time
  Result compare(int oldVersion, int newVersion) {
    var snapshot = Postgres.await(pool.getConnection(), WAIT);
    try {
      Postgres.await(snapshot.begin(), WAIT);
      run(snapshot, "set transaction isolation level repeatable read, read only");
      try {
        closeGate(oldVersion, newVersion);
        awaitAligned(oldVersion, newVersion);
        // The first query of the transaction takes the snapshot, and checks it.
        if (!aligned(snapshot, oldVersion, newVersion)) {
          throw new TransientException("The versions moved apart before they could be compared");
        }
      } finally {
        openGate();
      }
      return new Result(Digest.of(snapshot, oldVersion), Digest.of(snapshot, newVersion));
    } finally {
      snapshot.close();
    }
  }

  private void closeGate(int oldVersion, int newVersion) {
    versions.inTransaction(connection -> {
      run(connection, ViewLock.exclusive(Math.min(oldVersion, newVersion)));
      run(connection, ViewLock.exclusive(Math.max(oldVersion, newVersion)));
      run(connection, "delete from views_control.gate");
      run(
          connection,
          """
          insert into views_control.gate (topic, partition, next_offset)
          select topic, partition, max(next_offset)
          from (table %s.projection_position union all table %s.projection_position) p
          group by topic, partition\
          """
              .formatted(ViewSchema.of(oldVersion), ViewSchema.of(newVersion)));
    });
  }

  /// Also for what a coordinator that died left closed.
  void openGate() {
    Postgres.await(pool.query("delete from views_control.gate").execute(), WAIT);
  }

  private void awaitAligned(int oldVersion, int newVersion) {
    long deadline = System.nanoTime() + alignWait.toNanos();
    var connection = Postgres.await(pool.getConnection(), WAIT);
    try {
      while (!aligned(connection, oldVersion, newVersion)) {
        if (System.nanoTime() - deadline > 0) {
          throw new TransientException(
              "Versions %d and %d did not get to one place within %s"
                  .formatted(oldVersion, newVersion, alignWait));
        }
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TransientException("Interrupted while comparing", interrupted);
    } finally {
      connection.close();
    }
  }

  private static boolean aligned(SqlConnection connection, int oldVersion, int newVersion) {
    var sql =
        """
        select not exists (
          (table %1$s.projection_position except table %2$s.projection_position)
          union all
          (table %2$s.projection_position except table %1$s.projection_position))\
        """
            .formatted(ViewSchema.of(oldVersion), ViewSchema.of(newVersion));
    return Postgres.await(connection.query(sql).execute(), WAIT).iterator().next().getBoolean(0);
  }

  private static void run(SqlConnection connection, String sql) {
    Postgres.await(connection.query(sql).execute(), WAIT);
  }
}
