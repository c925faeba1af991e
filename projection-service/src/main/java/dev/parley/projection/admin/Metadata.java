package dev.parley.projection.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Conversations from outside. What two people or one call theirs has no title here.
@ApplicationScoped
public class Metadata {

  private static final String COLUMNS =
      """
      select c.id, c.kind, case when c.kind in ('direct', 'self') then '' else c.title end as title,
        c.members_count, c.head_seq, c.created_at, c.created_by, c.last_at, c.archived, c.imported
      from views.conversation c\
      """;

  private static final String ONE = COLUMNS + " where c.id = $1";

  private static final String PAGE =
      COLUMNS
          + """
           where ($1::uuid is null or c.id > $1)
            and ($2::text is null or (c.kind not in ('direct', 'self') and lower(c.title) like $2 escape '\\'))
          order by c.id limit $3\
          """;

  private final Pool pool;

  public Metadata(Pool pool) {
    this.pool = pool;
  }

  /// @return fails with [Refusal#absent] if it does not exist
  public Uni<ObjectNode> of(UUID conversation) {
    return pool.preparedQuery(ONE)
        .execute(Tuple.of(conversation))
        .map(rows -> {
          if (rows.size() == 0) {
            throw Refusal.absent();
          }
          return json(rows.iterator().next());
        });
  }

  /// By id.
  ///
  /// @param words that the title has; empty: all
  Uni<ArrayNode> page(@Nullable UUID after, String words, int limit) {
    var pattern = words.isEmpty() ? null : "%" + literal(words.toLowerCase(Locale.ROOT)) + "%";
    return pool.preparedQuery(PAGE)
        .execute(Tuple.tuple().addUUID(after).addString(pattern).addInteger(limit))
        .map(rows -> {
          var array = Json.MAPPER.createArrayNode();
          rows.forEach(row -> array.add(json(row)));
          return array;
        });
  }

  private static String literal(String words) {
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static ObjectNode json(Row row) {
    return Json.MAPPER
        .createObjectNode()
        .put("conversation", row.getUUID("id").toString())
        .put("kind", row.getString("kind"))
        .put("title", row.getString("title"))
        .put("members_count", row.getLong("members_count"))
        .put("head_seq", row.getLong("head_seq"))
        .put("created_at", Instant.ofEpochMilli(row.getLong("created_at")).toString())
        .put("created_by", row.getUUID("created_by").toString())
        .put("last_at", Instant.ofEpochMilli(row.getLong("last_at")).toString())
        .put("archived", row.getBoolean("archived"))
        .put("imported", row.getBoolean("imported"));
  }
}
