package dev.parley.projection.replay;

import dev.parley.projection.views.Postgres;
import dev.parley.projection.views.ViewSchema;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The rebuilds in `views_control.replay`. Blocks: not to be called on an event loop.
final class Replays {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private final Pool pool;

  Replays(Pool pool) {
    this.pool = pool;
  }

  /// The latest, finished or not; null: there was none.
  @Nullable Replay latest() {
    var rows =
        Postgres.await(
            pool.query("select * from views_control.replay order by id desc limit 1").execute(),
            WAIT);
    return rows.size() == 0 ? null : replay(rows.iterator().next());
  }

  private static Replay replay(Row row) {
    return new Replay(
        row.getLong("id"),
        Replay.State.of(row.getString("state")),
        row.getInteger("old_version"),
        row.getInteger("new_version"),
        side(row, "old"),
        side(row, "new"),
        row.getString("detail"));
  }

  private static Replay.@Nullable Side side(Row row, String prefix) {
    var digest = row.getString(prefix + "_digest");
    return digest == null
        ? null
        : new Replay.Side(
            digest, row.getLong(prefix + "_conversations"), row.getLong(prefix + "_messages"));
  }

  static void begin(SqlConnection connection, int oldVersion, int newVersion) {
    insert(connection, Replay.State.BUILDING, oldVersion, newVersion, "");
  }

  /// A switch without a rebuild.
  static void switchedBack(SqlConnection connection, int from, int to) {
    insert(connection, Replay.State.SWITCHED, from, to, "Switched back to version " + to);
  }

  private static void insert(
      SqlConnection connection, Replay.State state, int oldVersion, int newVersion, String detail) {
    Postgres.await(
        connection
            .preparedQuery(
                """
                insert into views_control.replay (state, old_version, new_version, detail)
                values ($1, $2, $3, $4)\
                """)
            .execute(Tuple.of(state.stored(), oldVersion, newVersion, detail)),
        WAIT);
  }

  void verifying(Replay replay) {
    Postgres.await(
        pool.preparedQuery("update views_control.replay set state = 'verifying' where id = $1")
            .execute(Tuple.of(replay.id())),
        WAIT);
  }

  static void finish(
      SqlConnection connection,
      Replay replay,
      Replay.State state,
      @Nullable Digest oldDigest,
      @Nullable Digest newDigest,
      String detail) {
    Postgres.await(
        connection
            .preparedQuery(
                """
                update views_control.replay
                set state = $2, detail = $3, finished_at = now(), old_digest = $4, old_conversations = $5,
                  old_messages = $6, new_digest = $7, new_conversations = $8, new_messages = $9
                where id = $1\
                """)
            .execute(
                Tuple.tuple()
                    .addLong(replay.id())
                    .addString(state.stored())
                    .addString(detail)
                    .addString(oldDigest == null ? null : oldDigest.value())
                    .addLong(oldDigest == null ? null : oldDigest.conversations())
                    .addLong(oldDigest == null ? null : oldDigest.messages())
                    .addString(newDigest == null ? null : newDigest.value())
                    .addLong(newDigest == null ? null : newDigest.conversations())
                    .addLong(newDigest == null ? null : newDigest.messages())),
        WAIT);
  }

  /// How far the two versions are, as sums of offsets over all partitions.
  ///
  /// @param behind entries that the old one has stored and the new one has not
  record Distance(long done, long total, long behind) {}

  Distance distance(int oldVersion, int newVersion) {
    var sql =
        """
        select coalesce(sum(n.next_offset), 0)::bigint as done,
          coalesce(sum(greatest(o.next_offset, n.next_offset)), 0)::bigint as total,
          coalesce(sum(greatest(o.next_offset - coalesce(n.next_offset, 0), 0)), 0)::bigint as behind
        from %s.projection_position o full join %s.projection_position n using (topic, partition)\
        """
            .formatted(ViewSchema.of(oldVersion), ViewSchema.of(newVersion));
    var row = Postgres.await(pool.query(sql).execute(), WAIT).iterator().next();
    return new Distance(row.getLong("done"), row.getLong("total"), row.getLong("behind"));
  }
}
