package dev.parley.projection.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.projection.http.Stored;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// A file of an export: the rows of one statement, whose columns are named as in the file.
///
/// Columns whose names end in `at` or `until` are times in milliseconds; text columns that end in
/// `rest` are objects whose fields are put beside the others. What is null is left out.
///
/// @param name in the zip
/// @param sql with `${s}` for the schema; $1: the person
record ExportFile(String name, String sql) {

  static final String MESSAGES = "messages.ndjson";

  /// One stay an entry.
  static final ExportFile CONVERSATIONS =
      new ExportFile(
          "conversations.json",
          """
          select m.conversation, c.kind, m.joined_seq, m.left_seq, m.role, nullif(m.muted_until, 0) as muted_until
          from ${s}.member m join ${s}.conversation c on c.id = m.conversation
          where m.user_id = $1 order by m.conversation, m.joined_seq\
          """);

  static final ExportFile PROFILE =
      new ExportFile(
          "profile.json",
          "select user_id as id, name, display_name, created_at, imported from ${s}.profile where user_id = $1");

  /// A row for each revision, those of a message one after the other. What was forwarded from
  /// somebody else is theirs.
  static final String MESSAGES_SQL =
      """
      select m.conversation, m.seq, m.id, m.at, m.revision, m.edited_at, m.deleted, m.erased, m.reply_to, m.thread,
        m.imported, m.sent_rest,
        case when x.own then m.text end as text, case when x.own then m.mentions end as mentions,
        case when x.own then m.rest end as rest,
        case when x.own then r.revision end as its_revision, r.at as its_at, r.text as its_text
      from ${s}.message m
      cross join lateral (select m.origin_author is null or m.origin_author = m.author as own) x
      left join ${s}.message_revision r on r.conversation = m.conversation and r.message = m.id
      where m.author = $1 order by m.conversation, m.seq, r.revision\
      """;

  static final List<ExportFile> LINES =
      List.of(
          new ExportFile(
              "reactions.ndjson",
              """
              select conversation, message, emoji, seq from ${s}.reaction
              where user_id = $1 order by conversation, seq, emoji\
              """),
          new ExportFile(
              "pins.ndjson",
              "select conversation, message, seq from ${s}.pin where user_id = $1 order by conversation, seq"),
          new ExportFile(
              "marks.ndjson",
              "select conversation, delivered, read from ${s}.mark where user_id = $1 order by conversation"),
          new ExportFile(
              "thread_marks.ndjson",
              """
              select conversation, thread, read from ${s}.thread_mark
              where user_id = $1 order by conversation, thread\
              """),
          new ExportFile(
              "settings.ndjson",
              """
              select conversation, muted_until as muted_until_ms, pinned, archived from ${s}.own
              where user_id = $1 and (muted_until <> 0 or pinned or archived) order by conversation\
              """),
          new ExportFile(
              "drafts.ndjson",
              """
              select conversation, draft as text from ${s}.own
              where user_id = $1 and draft <> '' order by conversation\
              """),
          new ExportFile(
              "hidden.ndjson",
              """
              select conversation, message from ${s}.hidden
              where user_id = $1 order by conversation, message\
              """),
          new ExportFile(
              "scheduled.ndjson",
              """
              select s.target as conversation, s.message, s.send_at, s.text, s.rest, s.content_rest,
                s.released, s.failure as failed
              from ${s}.scheduled s join ${s}.member m on m.conversation = s.conversation
              join ${s}.conversation c on c.id = s.conversation and c.kind = 'self'
              where m.user_id = $1 order by s.send_at, s.message\
              """),
          new ExportFile(
              "reports.ndjson",
              """
              select conversation, message, at, reason, note from ${s}.report
              where user_id = $1 order by conversation, message\
              """),
          new ExportFile(
              "held.ndjson",
              """
              select h.conversation, h.message, h.at, case when x.own then h.text end as text,
                case when x.own then h.rest end as rest, s.released
              from ${s}.held h
              cross join lateral (select h.origin_author is null or h.origin_author = h.author as own) x
              left join ${s}.held_settled s
                on s.conversation = h.conversation and s.message = h.message and s.author = h.author
              where h.author = $1 order by h.conversation, h.message\
              """));

  String sql(String schema) {
    return sql.replace("${s}", schema);
  }

  /// Writes the fields of a row, up to a column.
  static void fields(JsonGenerator json, Row row, int columns) throws IOException {
    for (int i = 0; i < columns; i++) {
      var name = row.getColumnName(i);
      switch (row.getValue(i)) {
        case null -> {}
        case Long millis when name.endsWith("at") || name.endsWith("until") ->
            json.writeStringField(name, Instant.ofEpochMilli(millis).toString());
        case Long number -> json.writeNumberField(name, number);
        case Integer number -> json.writeNumberField(name, number);
        case Boolean flag -> json.writeBooleanField(name, flag);
        case String object when name.endsWith("rest") -> rest(json, object);
        case Object[] list -> {
          json.writeArrayFieldStart(name);
          for (var element : list) {
            json.writeString(String.valueOf(element));
          }
          json.writeEndArray();
        }
        case Object other -> json.writeStringField(name, String.valueOf(other));
      }
    }
  }

  private static void rest(JsonGenerator json, String object) throws IOException {
    for (var field : Stored.object(object).properties()) {
      json.writeFieldName(field.getKey());
      json.writeTree(field.getValue());
    }
  }
}
