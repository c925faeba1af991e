package dev.parley.projection.replay;

import dev.parley.projection.views.Postgres;
import dev.parley.projection.views.ViewSchema;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a version of the views holds, in a form that can be compared: it depends on the rows only,
/// not on when or in which batches they were written.
///
/// @param value SHA-256 over the digests of the tables
/// @param tables digest of each table, to say where two versions differ
public record Digest(String value, Map<String, String> tables, long conversations, long messages) {

  private static final Duration WAIT = Duration.ofMinutes(30);

  /// Rows are digested conversation by conversation, so that no value grows beyond what one
  /// conversation needs.
  private static final Map<String, Rows> ROWS = rows();

  private record Rows(String group, String order) {}

  private static Map<String, Rows> rows() {
    var rows = new LinkedHashMap<String, Rows>();
    rows.put("ban", new Rows("r.conversation", "r.user_id"));
    rows.put("conversation", new Rows("r.id", "r.id"));
    rows.put("event", new Rows("r.conversation", "r.seq"));
    rows.put("held", new Rows("r.conversation", "r.message, r.author"));
    rows.put("held_settled", new Rows("r.conversation", "r.message, r.author"));
    rows.put("hidden", new Rows("r.conversation", "r.user_id, r.message"));
    rows.put("mark", new Rows("r.conversation", "r.user_id"));
    rows.put("mention", new Rows("r.conversation", "r.seq, r.user_id"));
    rows.put("own", new Rows("r.conversation", "r.user_id"));
    rows.put("pin", new Rows("r.conversation", "r.message"));
    rows.put("reaction", new Rows("r.conversation", "r.message, r.emoji, r.user_id"));
    rows.put("report", new Rows("r.conversation", "r.message, r.user_id"));
    rows.put("reported", new Rows("r.conversation", "r.message"));
    rows.put("scheduled", new Rows("r.conversation", "r.message"));
    rows.put("space_channel", new Rows("r.conversation", "r.channel"));
    rows.put("thread_mark", new Rows("r.conversation", "r.user_id, r.thread"));
    rows.put("member", new Rows("r.conversation", "r.user_id, r.joined_seq"));
    rows.put("message", new Rows("r.conversation", "r.seq"));
    rows.put("message_revision", new Rows("r.conversation", "r.message, r.revision"));
    rows.put("profile", new Rows("r.user_id", "r.user_id"));
    return rows;
  }

  /// Reads the whole version: seconds for hundreds of thousands of messages.
  static Digest of(SqlConnection connection, int version) {
    var row = Postgres.await(connection.query(sql(version)).execute(), WAIT).iterator().next();
    var tables = new LinkedHashMap<String, String>();
    for (var table : ROWS.keySet()) {
      tables.put(table, row.getString(table + "_digest"));
    }
    return new Digest(
        row.getString("value"), tables, row.getLong("conversations"), row.getLong("messages"));
  }

  private static String sql(int version) {
    var schema = ViewSchema.of(version);
    var digests =
        ROWS.entrySet().stream()
            .map(table -> digestOf(schema, table.getKey(), table.getValue()))
            .collect(Collectors.joining(",\n"));
    var all = ROWS.keySet().stream().map(t -> t + "_digest").collect(Collectors.joining(", "));
    return """
    select d.*, encode(sha256(convert_to(concat_ws('|', %s), 'UTF8')), 'hex') as value
    from (select %s,
      (select count(*) from %s.conversation) as conversations,
      (select count(*) from %s.message) as messages) d\
    """
        .formatted(all, digests, schema, schema);
  }

  private static String digestOf(String schema, String table, Rows rows) {
    return """
    (select encode(sha256(convert_to(coalesce(string_agg(g.digest, '' order by g.id), ''), 'UTF8')), 'hex')
      from (select %s as id, md5(string_agg(md5(r::text), '' order by %s)) as digest
        from %s.%s r group by %s) g) as %s_digest\
    """
        .formatted(rows.group(), rows.order(), schema, table, rows.group(), table);
  }

  /// The tables in which the two differ, for people.
  String differenceTo(Digest other) {
    return tables.entrySet().stream()
        .filter(table -> !table.getValue().equals(other.tables().get(table.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }
}
