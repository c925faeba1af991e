package dev.parley.projection.views;

import java.util.List;

/// The statements that empty what erased people wrote, wherever one version of the views keeps it:
/// messages, what others forwarded of them, all revisions, whom they mentioned, drafts, notes of
/// reports, what a filter held back, what waits for its time, and the names of their own
/// conversation.
///
/// Rows stay, with who and when, so that seqs have no holes. Reactions stay too: they are signs
/// under an id that names nobody any more, and the log has them unsealed. So do title and topic of
/// what they shared with others, which are the conversation's.
///
/// @param schema the version's schema
record ErasureSql(String schema) {

  /// Whatever they wrote. $1: the erased.
  List<String> all() {
    return of("");
  }

  /// The same in some conversations only. $1: the erased, $2: the conversations.
  List<String> within() {
    return of("and conversation = any($2::uuid[])");
  }

  private List<String> of(String scope) {
    return List.of(
        with(
            """
            delete from ${s}.mention n using
              (select conversation, seq from ${s}.message where author = any($1::uuid[]) ${scope}) m
            where n.conversation = m.conversation and n.seq = m.seq and n.user_id is not null\
            """,
            scope),
        with(
            """
            update ${s}.message set text = '', mentions = '{}', rest = null, erased = true
            where author = any($1::uuid[]) and not erased ${scope}\
            """,
            scope),
        with(
            """
            update ${s}.message set text = '', mentions = '{}', rest = null, erased = true
            where origin_author = any($1::uuid[]) and not erased ${scope}\
            """,
            scope),
        with(
            """
            update ${s}.message_revision set text = '', mentions = '{}', erased = true
            where author = any($1::uuid[]) and not erased ${scope}\
            """,
            scope),
        with(
            """
            update ${s}.message_revision r set text = '', mentions = '{}', erased = true
            from (select conversation, id from ${s}.message where origin_author = any($1::uuid[]) ${scope}) m
            where r.conversation = m.conversation and r.message = m.id and not r.erased\
            """,
            scope),
        with(
            """
            update ${s}.own set draft = '' where user_id = any($1::uuid[]) and draft <> '' ${scope}\
            """,
            scope),
        with(
            """
            update ${s}.report set note = '' where user_id = any($1::uuid[]) and note <> '' ${scope}\
            """,
            scope),
        with(
            """
            update ${s}.held set text = '', rest = null, send = null, erased = true
            where (author = any($1::uuid[]) or origin_author = any($1::uuid[])) and not erased ${scope}\
            """,
            scope));
  }

  /// $1: the own conversations of the erased.
  List<String> ofOwnConversations() {
    return List.of(
        with(
            """
            update ${s}.scheduled set text = '', content_rest = null
            where conversation = any($1::uuid[]) and (text <> '' or content_rest is not null)\
            """,
            ""),
        with(
            """
            update ${s}.conversation set title = '', topic = '', avatar = '', custom = '{}'
            where id = any($1::uuid[]) and (title <> '' or topic <> '' or avatar <> '' or custom <> '{}')\
            """,
            ""));
  }

  /// Who of $1 was erased, and whose messages were forwarded by the messages $2 and $3 name: an
  /// edit does not say of what it is a copy.
  String erasedOf() {
    return with(
        """
        select user_id from ${s}.profile where erased and user_id = any($1::uuid[])
        union
        select p.user_id from unnest($2::uuid[], $3::uuid[]) as e (conversation, id)
        join ${s}.message m on m.conversation = e.conversation and m.id = e.id
        join ${s}.profile p on p.user_id = m.origin_author
        where p.erased\
        """,
        "");
  }

  private String with(String sql, String scope) {
    return sql.replace("${s}", schema).replace("${scope}", scope).stripTrailing();
  }
}
