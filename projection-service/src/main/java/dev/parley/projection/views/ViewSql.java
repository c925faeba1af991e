package dev.parley.projection.views;

/// The statements that write one version of the views: one a table, whatever the number of rows.
///
/// @param schema the version's schema
record ViewSql(String schema) {

  private String with(String sql) {
    return sql.replace("${s}", schema);
  }

  String positions() {
    return with(
        """
        select p.topic, p.partition, p.next_offset
        from ${s}.projection_position p
        join unnest($1::text[], $2::int[]) as u (topic, partition)
          on p.topic = u.topic and p.partition = u.partition\
        """);
  }

  String beginPositions() {
    return with(
        """
        insert into ${s}.projection_position (topic, partition, next_offset)
        select u.topic, u.partition, 0 from unnest($1::text[], $2::int[]) as u (topic, partition)
        on conflict do nothing\
        """);
  }

  /// The fence: it must hit a row for each partition. A writer that was overtaken hits fewer.
  String advancePositions() {
    return with(
        """
        update ${s}.projection_position p set next_offset = u.next
        from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) as u (topic, partition, expected, next)
        where p.topic = u.topic and p.partition = u.partition and p.next_offset = u.expected\
        """);
  }

  String insertConversations() {
    return with(
        """
        insert into ${s}.conversation
          (id, kind, title, topic, history, imported, created_at, created_by, head_seq, head_ordinal, last_at,
           last_message_seq, members_count, avatar, custom)
        select u.id, u.kind, u.title, u.topic, u.history, u.imported, u.created_at, u.created_by, u.head_seq,
          u.head_ordinal, coalesce(u.last_at, u.created_at), u.last_message_seq, 0, u.avatar,
          coalesce(u.custom, '{}')
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::bigint[],
          $8::uuid[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::text[], $14::text[])
          as u (id, kind, title, topic, history, imported, created_at, created_by, head_seq, head_ordinal, last_at,
            last_message_seq, avatar, custom)\
        """);
  }

  /// Must hit every row: a head elsewhere than `before` is a hole in the log.
  String advanceHeads() {
    return with(
        """
        update ${s}.conversation c
        set head_seq = u.seq, head_ordinal = u.ordinal, last_at = coalesce(u.last_at, c.last_at),
          last_message_seq = coalesce(u.last_message_seq, c.last_message_seq)
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
          as u (id, before, seq, ordinal, last_at, last_message_seq)
        where c.id = u.id and c.head_seq = u.before\
        """);
  }

  /// Must hit every row, and comes before new stays: only one stay of a person is open.
  String patchStays() {
    return with(
        """
        update ${s}.member m set left_seq = u.left_seq, role = coalesce(u.role, m.role),
          muted_until = coalesce(u.muted_until, m.muted_until)
        from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::bigint[])
          as u (conversation, user_id, left_seq, role, muted_until)
        where m.conversation = u.conversation and m.user_id = u.user_id and m.left_seq is null\
        """);
  }

  String insertStays() {
    return with(
        """
        insert into ${s}.member (conversation, user_id, joined_seq, left_seq, role, muted_until)
        select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[])\
        """);
  }

  String countMembers() {
    return with(
        """
        update ${s}.conversation c set members_count = c.members_count + u.grown
        from unnest($1::uuid[], $2::int[]) as u (id, grown)
        where c.id = u.id\
        """);
  }

  String insertMessages() {
    return with(
        """
        insert into ${s}.message
          (conversation, seq, ordinal, id, author, at, text, mentions, revision, edited_at, deleted, erased, reply_to,
           thread, imported, rest, sent_rest, origin_author)
        select u.conversation, u.seq, u.ordinal, u.id, u.author, u.at, u.text, u.mentions::uuid[], u.revision,
          u.edited_at, u.deleted, u.erased, u.reply_to, u.thread, u.imported, u.rest, u.sent_rest, u.origin_author
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::uuid[], $5::uuid[], $6::bigint[], $7::text[],
          $8::text[], $9::int[], $10::bigint[], $11::boolean[], $12::boolean[], $13::uuid[], $14::uuid[],
          $15::boolean[], $16::text[], $17::text[], $18::uuid[])
          as u (conversation, seq, ordinal, id, author, at, text, mentions, revision, edited_at, deleted, erased,
            reply_to, thread, imported, rest, sent_rest, origin_author)\
        """);
  }

  /// The first text of messages that are about to be edited for the first time.
  String keepFirstTexts() {
    return with(
        """
        insert into ${s}.message_revision
          (conversation, message, revision, seq, at, author, text, mentions, erased)
        select m.conversation, m.id, 0, m.seq, m.at, m.author, m.text, m.mentions, m.erased
        from ${s}.message m
        join unnest($1::uuid[], $2::uuid[]) as u (conversation, message)
          on m.conversation = u.conversation and m.id = u.message
        where m.revision = 0\
        """);
  }

  /// Must hit every row.
  String editMessages() {
    return with(
        """
        update ${s}.message m
        set text = u.text, mentions = u.mentions::uuid[], revision = u.revision, edited_at = u.edited_at,
          erased = u.erased, rest = u.rest
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::boolean[],
          $8::text[])
          as u (conversation, message, text, mentions, revision, edited_at, erased, rest)
        where m.conversation = u.conversation and m.id = u.message\
        """);
  }

  /// Must hit every row.
  String deleteMessages() {
    return with(
        """
        update ${s}.message m set text = '', mentions = '{}', rest = null, deleted = true
        from unnest($1::uuid[], $2::uuid[]) as u (conversation, message)
        where m.conversation = u.conversation and m.id = u.message\
        """);
  }

  String deleteRevisions() {
    return with(
        """
        delete from ${s}.message_revision r using unnest($1::uuid[], $2::uuid[]) as u (conversation, message)
        where r.conversation = u.conversation and r.message = u.message\
        """);
  }

  String insertRevisions() {
    return with(
        """
        insert into ${s}.message_revision
          (conversation, message, revision, seq, at, author, text, mentions, erased)
        select u.conversation, u.message, u.revision, u.seq, u.at, u.author, u.text, u.mentions::uuid[], u.erased
        from unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[], $5::bigint[], $6::uuid[], $7::text[],
          $8::text[], $9::boolean[])
          as u (conversation, message, revision, seq, at, author, text, mentions, erased)\
        """);
  }

  String insertEvents() {
    return with(
        """
        insert into ${s}.event (conversation, seq, record)
        select * from unnest($1::uuid[], $2::bigint[], $3::bytea[])\
        """);
  }

  String upsertProfiles() {
    return with(
        """
        insert into ${s}.profile as p (user_id, version, name, display_name, created_at, erased, imported)
        select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::boolean[],
          $7::boolean[])
        on conflict (user_id) do update
        set version = excluded.version, name = excluded.name, display_name = excluded.display_name,
          created_at = excluded.created_at, erased = excluded.erased, imported = excluded.imported
        where p.version < excluded.version\
        """);
  }

  String deleteProfiles() {
    return with("delete from ${s}.profile where user_id = any($1::uuid[])");
  }

  String readByAuthors() {
    return with(
        """
        insert into ${s}.mark as m (conversation, user_id, delivered, read)
        select u.conversation, u.author, u.seq, u.seq
        from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as u (conversation, author, seq)
        on conflict (conversation, user_id) do update
        set delivered = greatest(m.delivered, excluded.delivered), read = greatest(m.read, excluded.read)\
        """);
  }

  /// A null leaves the column as it is.
  String changeConversation() {
    return with(
        """
        update ${s}.conversation set title = coalesce($2, title), topic = coalesce($3, topic),
          avatar = coalesce($4, avatar), custom = coalesce($5, custom), history = coalesce($6, history),
          slow_mode_seconds = coalesce($7, slow_mode_seconds)
        where id = $1\
        """);
  }

  String archive() {
    return with("update ${s}.conversation set archived = $2 where id = $1");
  }

  String ban() {
    return with(
        """
        insert into ${s}.ban (conversation, user_id, seq, until, reason) values ($1, $2, $3, $4, $5)
        on conflict (conversation, user_id) do update
        set seq = excluded.seq, until = excluded.until, reason = excluded.reason\
        """);
  }

  String unban() {
    return with("delete from ${s}.ban where conversation = $1 and user_id = $2");
  }

  String react() {
    return with(
        """
        insert into ${s}.reaction (conversation, message, emoji, user_id, seq)
        values ($1, $2, $3, $4, $5)\
        """);
  }

  String unreact() {
    return with(
        """
        delete from ${s}.reaction
        where conversation = $1 and message = $2 and emoji = $3 and user_id = $4\
        """);
  }

  String pin() {
    return with(
        "insert into ${s}.pin (conversation, message, user_id, seq) values ($1, $2, $3, $4)");
  }

  String unpin() {
    return with("delete from ${s}.pin where conversation = $1 and message = $2");
  }

  String addChannel() {
    return with("insert into ${s}.space_channel (conversation, channel, seq) values ($1, $2, $3)");
  }

  String removeChannel() {
    return with("delete from ${s}.space_channel where conversation = $1 and channel = $2");
  }

  /// Nobody mentioned but all members: one row without a person.
  String mention() {
    return with(
        """
        insert into ${s}.mention (conversation, seq, message, user_id)
        select distinct $1::uuid, $2::bigint, $3::uuid, u.id from unnest($4::uuid[]) as u (id)
        union all select $1::uuid, $2::bigint, $3::uuid, null where $5::boolean\
        """);
  }

  String forgetMentions() {
    return with("delete from ${s}.mention where conversation = $1 and message = $2");
  }

  String forgetReactions() {
    return with("delete from ${s}.reaction where conversation = $1 and message = $2");
  }

  String schedule() {
    return with(
        """
        insert into ${s}.scheduled
          (conversation, message, target, seq, send_at, text, rest, content_rest)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (conversation, message) do update
        set target = excluded.target, seq = excluded.seq, send_at = excluded.send_at, text = excluded.text,
          rest = excluded.rest, content_rest = excluded.content_rest, released = false, failure = null\
        """);
  }

  /// It was sent or cancelled. The row stays, since its conversation may still refuse it.
  String release() {
    return with(
        "update ${s}.scheduled set released = true where conversation = $1 and message = $2");
  }

  String failSchedule() {
    return with("update ${s}.scheduled set failure = $3 where conversation = $1 and message = $2");
  }

  String delivered() {
    return with(
        """
        insert into ${s}.mark as m (conversation, user_id, delivered, read) values ($1, $2, $3, 0)
        on conflict (conversation, user_id) do update
        set delivered = greatest(m.delivered, excluded.delivered)
        returning m.delivered\
        """);
  }

  String read() {
    return with(
        """
        insert into ${s}.mark as m (conversation, user_id, delivered, read) values ($1, $2, $3, $3)
        on conflict (conversation, user_id) do update
        set delivered = greatest(m.delivered, excluded.delivered), read = greatest(m.read, excluded.read)
        returning m.read\
        """);
  }

  String threadRead() {
    return with(
        """
        insert into ${s}.thread_mark as m (conversation, user_id, thread, read) values ($1, $2, $3, $4)
        on conflict (conversation, user_id, thread) do update set read = greatest(m.read, excluded.read)
        returning m.read\
        """);
  }

  /// @param column of the table of what members keep
  String keep(String column) {
    return with(
        """
        insert into ${s}.own (conversation, user_id, %1$s) values ($1, $2, $3)
        on conflict (conversation, user_id) do update set %1$s = excluded.%1$s\
        """
            .formatted(column));
  }

  String hide() {
    return with(
        """
        insert into ${s}.hidden (conversation, user_id, message) values ($1, $2, $3)
        on conflict do nothing\
        """);
  }
}
