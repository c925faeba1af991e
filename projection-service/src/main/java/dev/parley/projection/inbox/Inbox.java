package dev.parley.projection.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.schemas.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The conversations that a person is a member of, the latest first.
@ApplicationScoped
public class Inbox {

  /// The latest message is shown if it falls into one of the person's stays, or all of the
  /// conversation is theirs to read.
  private static final String SQL =
      """
      select c.id, c.kind, c.title, c.topic, m.role, c.head_seq, c.head_ordinal, c.last_at, c.members_count,
        m.joined_seq, l.seq as message_seq, l.id as message_id, l.author as message_author, l.at as message_at,
        left(l.text, $5) as message_text, l.deleted as message_deleted,
        case when c.kind = 'direct' then
          (select o.user_id from views.member o where o.conversation = c.id and o.user_id <> $1
           order by o.joined_seq limit 1) end as peer,
        c.avatar, c.custom, c.archived, c.slow_mode_seconds, m.muted_until as my_muted_until,
        coalesce(k.delivered, 0) as delivered, coalesce(k.read, 0) as read,
        c.head_ordinal - (select coalesce(max(b.ordinal), 0) from (select x.ordinal from views.message x
          where x.conversation = c.id and x.seq <= greatest(k.read, m.joined_seq)
          order by x.seq desc limit 1) b) as unread,
        (select count(distinct y.seq) from views.mention y where y.conversation = c.id
          and y.seq > greatest(k.read, m.joined_seq) and (y.user_id = $1 or y.user_id is null)) as mentions,
        coalesce(o.muted_until, 0) as own_muted_until, coalesce(o.pinned, false) as own_pinned,
        coalesce(o.archived, false) as own_archived, coalesce(o.draft, '') as draft,
        (select min(p.conversation::text) from views.space_channel p join views.member q
          on q.conversation = p.conversation and q.user_id = $1 and q.left_seq is null
          where p.channel = c.id) as space
      from views.member m
      join views.conversation c on c.id = m.conversation
      left join views.mark k on k.conversation = c.id and k.user_id = $1
      left join views.own o on o.conversation = c.id and o.user_id = $1
      left join views.message l
        on l.conversation = c.id and l.seq = c.last_message_seq
        and (c.kind = 'channel' or c.history = 'from_start'
          or exists (select 1 from views.member s where s.conversation = c.id and s.user_id = $1
            and s.joined_seq <= l.seq and (s.left_seq is null or s.left_seq >= l.seq)))
        and not exists (select 1 from views.hidden h
          where h.conversation = c.id and h.user_id = $1 and h.message = l.id)
      where m.user_id = $1 and m.left_seq is null and ($2::bigint is null or (c.last_at, c.id) < ($2, $3::uuid))
        and ($6::uuid is null or m.conversation = $6)
      order by c.last_at desc, c.id desc
      limit $4\
      """;

  private final Pool pool;
  private final int previewChars;

  public Inbox(Pool pool, ProjectionConfig config) {
    this.pool = pool;
    this.previewChars = config.query().previewChars();
  }

  /// @param before the last item of the page before; null: from the top
  Uni<List<InboxItem>> of(UUID user, @Nullable InboxCursor before, int limit) {
    return read(user, before, limit, null);
  }

  /// The one item as JSON; empty if the person is no member.
  public Uni<ObjectNode> item(UUID user, UUID conversation) {
    return read(user, null, 1, conversation)
        .map(items -> items.isEmpty() ? Json.MAPPER.createObjectNode() : items.getFirst().toJson());
  }

  private Uni<List<InboxItem>> read(
      UUID user, @Nullable InboxCursor before, int limit, @Nullable UUID conversation) {
    var parameters =
        Tuple.tuple()
            .addUUID(user)
            .addLong(before == null ? null : before.lastAtMillis())
            .addUUID(before == null ? null : before.conversation())
            .addInteger(limit)
            .addInteger(previewChars)
            .addUUID(conversation);
    return pool.preparedQuery(SQL)
        .execute(parameters)
        .map(rows -> {
          var items = new ArrayList<InboxItem>(rows.size());
          rows.forEach(row -> items.add(item(row)));
          return items;
        });
  }

  private static InboxItem item(Row row) {
    return new InboxItem(
        row.getUUID("id"),
        row.getString("kind"),
        row.getString("title"),
        row.getString("topic"),
        row.getString("role"),
        row.getLong("head_seq"),
        row.getLong("head_ordinal"),
        row.getLong("last_at"),
        lastMessage(row),
        row.getLong("members_count"),
        row.getUUID("peer"),
        row.getLong("joined_seq"),
        new InboxItem.Details(
            row.getString("avatar"),
            row.getString("custom"),
            row.getBoolean("archived"),
            row.getInteger("slow_mode_seconds"),
            row.getLong("my_muted_until")),
        new InboxItem.Own(
            row.getLong("delivered"),
            row.getLong("read"),
            row.getLong("unread"),
            row.getLong("mentions"),
            row.getLong("own_muted_until"),
            row.getBoolean("own_pinned"),
            row.getBoolean("own_archived"),
            row.getString("draft"),
            row.getString("space")));
  }

  private static InboxItem.@Nullable LastMessage lastMessage(Row row) {
    return row.getUUID("message_id") == null
        ? null
        : new InboxItem.LastMessage(
            row.getUUID("message_id"),
            row.getLong("message_seq"),
            row.getUUID("message_author"),
            row.getLong("message_at"),
            row.getString("message_text"),
            row.getBoolean("message_deleted"));
  }
}
