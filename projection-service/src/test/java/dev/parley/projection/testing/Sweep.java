package dev.parley.projection.testing;

import dev.parley.projection.views.Postgres;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Looks for words in every column of every table of a database that could hold them, whatever
/// tables there are.
public final class Sweep {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private static final String COLUMNS =
      """
      select c.table_schema, c.table_name, c.column_name, c.data_type
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
        and c.data_type not in
          ('uuid', 'bigint', 'integer', 'boolean', 'timestamp with time zone')\
      """;

  private Sweep() {}

  /// Where any of the words is: `schema.table.column: word`.
  public static List<String> find(Pool pool, List<String> words) {
    var found = new ArrayList<String>();
    for (var row : Postgres.await(pool.query(COLUMNS).execute(), WAIT)) {
      var column = "\"" + row.getString(2) + "\"";
      var bytes =
          row.getString(3).equals("bytea") ? column : "convert_to(" + column + "::text, 'UTF8')";
      for (var word : words) {
        var sql =
            "select count(*) from \"%s\".\"%s\" where position(convert_to($1, 'UTF8') in %s) > 0"
                .formatted(row.getString(0), row.getString(1), bytes);
        var hits = Postgres.await(pool.preparedQuery(sql).execute(Tuple.of(word)), WAIT);
        if (hits.iterator().next().getLong(0) > 0) {
          found.add(
              "%s.%s.%s: %s".formatted(row.getString(0), row.getString(1), row.getString(2), word));
        }
      }
    }
    return found;
  }
}
