package dev.parley.projection.access;

import dev.parley.projection.http.Refusal;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The door of every read: finds a conversation for a caller together with what of it they may see,
/// in one statement.
@ApplicationScoped
public class Access {

  private static final String SQL =
      """
      select c.id, c.kind, c.title, c.topic, c.history, c.imported, c.created_at, c.created_by, c.head_seq,
        c.head_ordinal, c.last_at, c.members_count, s.joined, s.lefts, s.role, s.muted_until,
        c.avatar, c.custom, c.archived, c.slow_mode_seconds,
        exists (select 1 from views.ban b where b.conversation = c.id and b.user_id = $2
          and (b.until = 0 or b.until > $3)) as banned,
        case when c.kind = 'direct' then
          (select o.user_id from views.member o where o.conversation = c.id and o.user_id <> $2
           order by o.joined_seq limit 1) end as peer
      from views.conversation c
      left join lateral (
        select array_agg(m.joined_seq order by m.joined_seq) as joined,
          array_agg(m.left_seq order by m.joined_seq) as lefts,
          max(m.role) filter (where m.left_seq is null) as role,
          max(m.muted_until) filter (where m.left_seq is null) as muted_until
        from views.member m where m.conversation = c.id and m.user_id = $2) s on true
      where c.id = $1\
      """;

  private final Pool pool;

  public Access(Pool pool) {
    this.pool = pool;
  }

  /// @return fails with [Refusal#absent] if it does not exist or is not for the caller
  public Uni<Readable> to(UUID conversation, Caller caller) {
    return find(conversation, caller)
        .map(readable -> {
          if (readable == null) {
            throw Refusal.absent();
          }
          return readable;
        });
  }

  /// The same with null in place of a refusal.
  public Uni<@Nullable Readable> find(UUID conversation, Caller caller) {
    return pool.preparedQuery(SQL)
        .execute(Tuple.of(conversation, caller.user(), System.currentTimeMillis()))
        .map(rows -> rows.size() == 0 ? null : readable(rows.iterator().next(), caller));
  }

  private static @Nullable Readable readable(Row row, Caller caller) {
    var kind = ConversationKind.valueOf(constant(row, "kind"));
    var history = HistoryVisibility.valueOf(constant(row, "history"));
    long head = row.getLong("head_seq");
    var stays = stays(row);
    var visible = Visible.of(kind, history, head, stays);
    if (visible == null
        || row.getBoolean("banned")
        || (caller.guest() && kind != ConversationKind.CHANNEL)) {
      return null;
    }
    var role = row.getString("role");
    return new Readable(
        row.getUUID("id"),
        kind,
        row.getString("title"),
        row.getString("topic"),
        history,
        row.getBoolean("imported"),
        row.getLong("created_at"),
        row.getUUID("created_by"),
        visible.last(),
        row.getLong("head_ordinal"),
        row.getLong("last_at"),
        row.getLong("members_count"),
        Role.fromWire(role),
        role == null ? null : stays.getLast().joinedSeq(),
        row.getUUID("peer"),
        new Readable.Details(
            row.getString("avatar"),
            row.getString("custom"),
            row.getBoolean("archived"),
            row.getInteger("slow_mode_seconds"),
            role == null ? 0 : row.getLong("muted_until")),
        visible);
  }

  private static String constant(Row row, String column) {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }

  private static List<Visible.Stay> stays(Row row) {
    var stays = new ArrayList<Visible.Stay>();
    var joined = row.getArrayOfLongs("joined");
    var lefts = row.getArrayOfLongs("lefts");
    for (int i = 0; joined != null && i < joined.length; i++) {
      stays.add(new Visible.Stay(joined[i], lefts[i]));
    }
    return stays;
  }
}
