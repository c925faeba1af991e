package dev.parley.projection.conversation;

import dev.parley.projection.access.Readable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is in a conversation now, by user id.
@ApplicationScoped
public class Members {

  private static final String SQL =
      """
      select user_id, role, joined_seq, muted_until from views.member
      where conversation = $1 and left_seq is null and ($2::uuid is null or user_id > $2)
      order by user_id
      limit $3\
      """;

  private final Pool pool;

  public Members(Pool pool) {
    this.pool = pool;
  }

  /// @param mutedUntilMillis may not speak until then; 0: may
  record Member(UUID user, String role, long joinedSeq, long mutedUntilMillis) {}

  /// @param after the last of the page before; null: from the beginning
  Uni<List<Member>> of(Readable readable, @Nullable UUID after, int limit) {
    return pool.preparedQuery(SQL)
        .execute(Tuple.tuple().addUUID(readable.conversation()).addUUID(after).addInteger(limit))
        .map(rows -> {
          var members = new ArrayList<Member>(rows.size());
          rows.forEach(row ->
              members.add(
                  new Member(
                      row.getUUID("user_id"),
                      row.getString("role"),
                      row.getLong("joined_seq"),
                      row.getLong("muted_until"))));
          return members;
        });
  }
}
