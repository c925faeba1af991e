package dev.parley.projection.catchup;

import dev.parley.projection.access.Visible;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Events as they stand in the log, content sealed.
@ApplicationScoped
public class Events {

  private static final String VISIBLE =
      """
      select e.seq, e.record from views.event e
      where e.conversation = $1 and e.seq > $2
        and exists (select 1 from unnest($3::bigint[], $4::bigint[]) as v (first, last)
          where e.seq between v.first and v.last)
      order by e.seq limit $5\
      """;

  private static final String ALL =
      "select seq, record from views.event where conversation = $1 and seq > $2 order by seq limit $3";

  private static final String HEAD = "select head_seq from views.conversation where id = $1";

  private static final String HEADS =
      "select id, head_seq from views.conversation where id = any($1::uuid[])";

  private static final String GONE =
      """
      select id, deleted from views.message
      where conversation = $1 and id = any($2::uuid[]) and (deleted or erased)\
      """;

  private final Pool pool;

  public Events(Pool pool) {
    this.pool = pool;
  }

  Uni<List<byte[]>> visible(UUID conversation, Visible visible, long after, int limit) {
    return pool.preparedQuery(VISIBLE)
        .execute(
            Tuple.tuple()
                .addUUID(conversation)
                .addLong(after)
                .addArrayOfLong(visible.froms())
                .addArrayOfLong(visible.tos())
                .addInteger(limit))
        .map(Events::records);
  }

  Uni<List<byte[]>> all(UUID conversation, long after, int limit) {
    return pool.preparedQuery(ALL)
        .execute(Tuple.of(conversation, after, limit))
        .map(Events::records);
  }

  /// The latest seq in view; 0 for a conversation that the view does not know.
  Uni<Long> head(UUID conversation) {
    return pool.preparedQuery(HEAD)
        .execute(Tuple.of(conversation))
        .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong(0));
  }

  /// The latest seqs in view of those conversations that it knows.
  Uni<Map<UUID, Long>> heads(Collection<UUID> conversations) {
    return pool.preparedQuery(HEADS)
        .execute(Tuple.of(conversations.toArray(UUID[]::new)))
        .map(rows -> {
          var heads = new HashMap<UUID, Long>();
          rows.forEach(row -> heads.put(row.getUUID(0), row.getLong(1)));
          return heads;
        });
  }

  /// Why nothing of a message is shown any more.
  enum Gone {
    DELETED,
    /// Its author, or who wrote what it copies, was erased.
    ERASED
  }

  /// Those of the messages that are gone since.
  Uni<Map<UUID, Gone>> gone(UUID conversation, Set<UUID> messages) {
    if (messages.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return pool.preparedQuery(GONE)
        .execute(Tuple.of(conversation, messages.toArray(UUID[]::new)))
        .map(rows -> {
          var gone = new HashMap<UUID, Gone>();
          rows.forEach(
              row -> gone.put(row.getUUID(0), row.getBoolean(1) ? Gone.DELETED : Gone.ERASED));
          return gone;
        });
  }

  private static List<byte[]> records(RowSet<Row> rows) {
    var records = new ArrayList<byte[]>(rows.size());
    rows.forEach(row -> records.add(row.getBuffer(1).getBytes()));
    return records;
  }
}
