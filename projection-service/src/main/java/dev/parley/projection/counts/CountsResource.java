package dev.parley.projection.counts;

import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Internal;
import dev.parley.schemas.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;

/// `GET /internal/counts`: how much the views in service hold, counted now, in one snapshot.
@Path("/internal/counts")
@Internal
public class CountsResource {

  private static final String SQL =
      """
      select (select count(*) from views.conversation) as conversations,
        m.messages, m.imported_messages,
        (select count(*) from views.event) as events,
        (select count(*) from views.member where left_seq is null) as members,
        (select count(*) from views.profile) as profiles
      from (select count(*) as messages, count(*) filter (where imported) as imported_messages
        from views.message) m\
      """;

  private final Pool pool;

  public CountsResource(Pool pool) {
    this.pool = pool;
  }

  @GET
  public Uni<RestResponse<String>> counts() {
    return pool.query(SQL).execute().map(rows -> answer(rows.iterator().next()));
  }

  private static RestResponse<String> answer(Row row) {
    var json = Json.MAPPER.createObjectNode();
    for (int i = 0; i < row.size(); i++) {
      json.put(row.getColumnName(i), row.getLong(i));
    }
    return Answer.of(json);
  }
}
