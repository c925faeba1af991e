package dev.parley.projection.moderation;

import dev.parley.projection.access.Caller;
import dev.parley.projection.http.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rows of the queues that the caller may see: an admin of the deployment all of them; a moderator
/// or higher those of their conversations, and of reports those whose message they may read. As
/// with removing somebody, nobody moderates a direct or one's own conversation.
///
/// Parameters of each statement: $1 whether the caller is admin, $2 who asks, $3 one conversation
/// or null, $4 to $7 the cursor, $8 how many.
@ApplicationScoped
public class Queues {

  private static final String MODERATED =
      """
      ($1::boolean or (c.kind in ('group', 'channel', 'space')
        and exists (select 1 from views.member w where w.conversation = c.id and w.user_id = $2::uuid
          and w.left_seq is null and w.role in ('owner', 'admin', 'moderator'))))\
      """;

  private static final String MAY =
      "select 1 from views.conversation c where c.id = $3::uuid and " + MODERATED;

  private static final String READABLE =
      """
      ($1::boolean or c.kind = 'channel' or c.history = 'from_start'
        or exists (select 1 from views.member s where s.conversation = c.id and s.user_id = $2::uuid
          and m.seq >= s.joined_seq and (s.left_seq is null or m.seq <= s.left_seq)))\
      """;

  /// The reports of a message: the first ones, and how many there are.
  private static final String REPORTS =
      """
      select r.conversation, r.message, r.last_at, r.settled_by, r.settled_at, r.settlement,
        (select count(*) from views.report x where x.conversation = r.conversation and x.message = r.message)
          as reports_count,
        (select json_agg(json_build_object('user', y.user_id, 'reason', y.reason, 'note', y.note, 'at', y.at)
            order by y.at, y.user_id)::text
          from (select * from views.report x where x.conversation = r.conversation and x.message = r.message
            order by x.at, x.user_id limit $9) y) as reports
      from views.reported r
      join views.conversation c on c.id = r.conversation
      join views.message m on m.conversation = r.conversation and m.id = r.message
      where\
      """
          + " "
          + MODERATED
          + " and "
          + READABLE
          + """

          and ($3::uuid is null or r.conversation = $3)
            and ($4::bigint is null or (r.last_at, r.conversation, r.message, $7::uuid) < ($4, $5::uuid, $6::uuid, $7))
            and (not $10::boolean or r.settled_at is null)
            and ($11::uuid is null or r.message = $11)
          order by r.last_at desc, r.conversation desc, r.message desc limit $8\
          """;

  private static final String HELD =
      """
      select h.conversation, h.message, h.author, h.at, h.text, h.rest, h.reason
      from views.held h join views.conversation c on c.id = h.conversation
      where\
      """
          + " "
          + MODERATED
          + """

          and ($3::uuid is null or h.conversation = $3) and not h.erased
            and not exists (select 1 from views.held_settled s
              where s.conversation = h.conversation and s.message = h.message and s.author = h.author)
            and ($4::bigint is null
              or (h.at, h.conversation, h.message, h.author) < ($4, $5::uuid, $6::uuid, $7::uuid))
          order by h.at desc, h.conversation desc, h.message desc, h.author desc limit $8\
          """;

  private final Pool pool;

  public Queues(Pool pool) {
    this.pool = pool;
  }

  /// A part of a queue.
  ///
  /// @param conversation null: of all
  record Part(Caller caller, @Nullable UUID conversation, @Nullable QueueCursor after, int limit) {

    Tuple parameters() {
      var parameters =
          Tuple.tuple().addBoolean(caller.admin()).addUUID(caller.user()).addUUID(conversation);
      return QueueCursor.add(parameters, after).addInteger(limit);
    }
  }

  /// @return fails with [Refusal#absent] unless the caller moderates the conversation
  Uni<Void> requireModerated(UUID conversation, Caller caller) {
    return pool.preparedQuery(MAY)
        .execute(Tuple.of(caller.admin(), caller.user(), conversation))
        .map(rows -> {
          if (rows.size() == 0) {
            throw Refusal.absent();
          }
          return null;
        });
  }

  /// The latest report first.
  ///
  /// @param open only what is not settled
  /// @param message null: all
  Uni<List<Row>> reports(Part part, int reportsMax, boolean open, @Nullable UUID message) {
    return read(
        REPORTS, part.parameters().addInteger(reportsMax).addBoolean(open).addUUID(message));
  }

  /// Those of which nothing was decided, the latest first.
  Uni<List<Row>> held(Part part) {
    return read(HELD, part.parameters());
  }

  private Uni<List<Row>> read(String sql, Tuple parameters) {
    return pool.preparedQuery(sql)
        .execute(parameters)
        .map(rows -> {
          var list = new ArrayList<Row>(rows.size());
          rows.forEach(list::add);
          return list;
        });
  }
}
