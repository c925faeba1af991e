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
           last_message_seq, members_count)
        select u.id, u.kind, u.title, u.topic, u.history, u.imported, u.created_at, u.created_by, u.head_seq,
          u.head_ordinal, coalesce(u.last_at, u.created_at), u.last_message_seq, 0
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::bigint[],
          $8::uuid[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[])
          as u (id, kind, title, topic, history, imported, created_at, created_by, head_seq, head_ordinal, last_at,
            last_message_seq)\
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
        update ${s}.member m set left_seq = u.left_seq, role = coalesce(u.role, m.role)
        from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[]) as u (conversation, user_id, left_seq, role)
        where m.conversation = u.conversation and m.user_id = u.user_id and m.left_seq is null\
        """);
  }

  String insertStays() {
    return with(
        """
        insert into ${s}.member (conversation, user_id, joined_seq, left_seq, role)
        select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[])\
        """);
  }

  String countMembers() {
    return with(
        """
        update ${s}.conversation c
        set members_count =
          (select count(*) from ${s}.member m where m.conversation = c.id and m.left_seq is null)
        where c.id = any($1::uuid[])\
        """);
  }

  String insertMessages() {
    return with(
        """
        insert into ${s}.message
          (conversation, seq, ordinal, id, author, at, text, mentions, revision, edited_at, deleted, erased, reply_to,
           thread, imported)
        select u.conversation, u.seq, u.ordinal, u.id, u.author, u.at, u.text, u.mentions::uuid[], u.revision,
          u.edited_at, u.deleted, u.erased, u.reply_to, u.thread, u.imported
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::uuid[], $5::uuid[], $6::bigint[], $7::text[],
          $8::text[], $9::int[], $10::bigint[], $11::boolean[], $12::boolean[], $13::uuid[], $14::uuid[],
          $15::boolean[])
          as u (conversation, seq, ordinal, id, author, at, text, mentions, revision, edited_at, deleted, erased,
            reply_to, thread, imported)\
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
          erased = u.erased
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::boolean[])
          as u (conversation, message, text, mentions, revision, edited_at, erased)
        where m.conversation = u.conversation and m.id = u.message\
        """);
  }

  /// Must hit every row.
  String deleteMessages() {
    return with(
        """
        update ${s}.message m set text = '', mentions = '{}', deleted = true
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

  String erasedOf() {
    return with("select user_id from ${s}.profile where erased and user_id = any($1::uuid[])");
  }

  String eraseMessages() {
    return with(
        """
        update ${s}.message set text = '', mentions = '{}', erased = true
        where author = any($1::uuid[]) and not erased\
        """);
  }

  String eraseRevisions() {
    return with(
        """
        update ${s}.message_revision set text = '', mentions = '{}', erased = true
        where author = any($1::uuid[]) and not erased\
        """);
  }

  String eraseNewMessages() {
    return with(
        """
        update ${s}.message set text = '', mentions = '{}', erased = true
        where author = any($1::uuid[]) and conversation = any($2::uuid[]) and not erased\
        """);
  }

  String eraseNewRevisions() {
    return with(
        """
        update ${s}.message_revision set text = '', mentions = '{}', erased = true
        where author = any($1::uuid[]) and conversation = any($2::uuid[]) and not erased\
        """);
  }
}
