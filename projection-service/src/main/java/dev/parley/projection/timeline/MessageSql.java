package dev.parley.projection.timeline;

import dev.parley.projection.access.Readable;
import dev.parley.projection.access.Visible;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.UUID;

/// Selects messages as one person sees them: nothing that they hid, and nothing that came after
/// what they may see, be it a text, an edit, a reaction or a reply: also what is stored between the
/// look at the membership and this one. Whoever replied has read the thread up to there, also if
/// they took the reply back.
///
/// Parameters of each statement: $1 conversation, $2 and $3 the span, $4 who reads, $5 the last seq
/// that they may see, $6 and $7 the beginnings and ends of all that they may see, $8 where their
/// own reading begins, $9 how many; $10 is the statement's own.
final class MessageSql {

  private static final String SELECT =
      """
      select m.seq, m.ordinal, m.id, m.author, m.at, m.deleted, m.reply_to, m.thread, m.imported, m.sent_rest,
        coalesce(r.text, m.text) as text, coalesce(r.mentions, m.mentions) as mentions,
        coalesce(r.revision, m.revision) as revision, coalesce(r.erased, m.erased) as erased,
        case when r.revision is null then m.edited_at when r.revision > 0 then r.at end as edited_at,
        case when r.revision is null then m.rest end as rest,
        (select json_agg(json_build_object('emoji', g.emoji, 'count', g.count, 'me', g.me) order by g.first)::text
          from (select e.emoji, count(*) as count, bool_or(e.user_id = $4) as me, min(e.seq) as first
            from views.reaction e
            where e.conversation = m.conversation and e.message = m.id and e.seq <= $5 group by e.emoji) g)
          as reactions,
        exists (select 1 from views.pin p
          where p.conversation = m.conversation and p.message = m.id and p.seq <= $5) as pinned,
        t.replies, t.replied_at,
        case when $8::bigint is null or t.replies = 0 then 0 else
          (select count(*) from views.message y
            where y.conversation = m.conversation and y.thread = m.id and not y.deleted and y.seq <= $5
              and y.seq > greatest($8::bigint, t.own, (select k.read from views.thread_mark k
                where k.conversation = m.conversation and k.user_id = $4 and k.thread = m.id))) end
          as replies_unread
      from views.message m
      left join lateral (
        select * from views.message_revision v
        where m.revision > 0 and v.conversation = m.conversation and v.message = m.id and v.seq <= $5
        order by v.revision desc limit 1) r on r.revision < m.revision
      cross join lateral (
        select count(*) filter (where not x.deleted) as replies,
          max(x.at) filter (where not x.deleted) as replied_at,
          max(x.seq) filter (where x.author = $4) as own
        from views.message x
        where x.conversation = m.conversation and x.thread = m.id and x.seq <= $5
          and exists (select 1 from unnest($6::bigint[], $7::bigint[]) as s (first, last)
            where x.seq between s.first and s.last)) t
      where m.conversation = $1 and m.seq between $2 and $3
        and not exists (select 1 from views.hidden h
          where h.conversation = m.conversation and h.user_id = $4 and h.message = m.id)
      """;

  static final String OLDER = SELECT + "order by m.seq desc limit $9";
  static final String NEWER = SELECT + "order by m.seq limit $9";

  private static final String IN_THREAD = "and (m.thread = $10 or m.id = $10) ";
  static final String OLDER_IN_THREAD = SELECT + IN_THREAD + "order by m.seq desc limit $9";
  static final String NEWER_IN_THREAD = SELECT + IN_THREAD + "order by m.seq limit $9";

  static final String ONE = SELECT + "and m.id = $10 limit $9";

  static final String PINNED =
      SELECT
          + """
          and exists (select 1 from views.pin q where q.conversation = m.conversation and q.message = m.id)
          order by m.seq desc limit $9\
          """;

  /// The first messages of threads that the reader began or replied in, the latest reply first.
  static final String THREADS =
      SELECT
          + """
          and t.replies > 0 and not m.deleted and (m.author = $4 or t.own is not null)
          and m.id in (select z.thread from views.message z
            where z.conversation = $1 and z.thread is not null and z.seq <= $5)
          order by t.replied_at desc, m.seq desc limit $9\
          """;

  private MessageSql() {}

  static Tuple parameters(Readable readable, UUID reader, Visible.Span span, int limit) {
    return Tuple.tuple()
        .addUUID(readable.conversation())
        .addLong(span.from())
        .addLong(span.to())
        .addUUID(reader)
        .addLong(readable.visible().last())
        .addArrayOfLong(readable.visible().froms())
        .addArrayOfLong(readable.visible().tos())
        .addLong(readable.unreadFrom())
        .addInteger(limit);
  }
}
