package dev.parley.projection.moderation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Internal;
import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Base64;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// What a door asks before it settles something for a moderator: whether it is there, and of a held
/// message the send, sealed as it came. Who may is the door's to check.
@Path("/internal/conversations")
@Internal
public class DoorQueuesResource {

  private static final String HELD =
      """
      select h.send, s.user_id, s.released from views.held h
      left join views.held_settled s
        on s.conversation = h.conversation and s.message = h.message and s.author = h.author
      where h.conversation = $1 and h.author = $2 and h.message = $3 and not h.erased and h.send is not null\
      """;

  private static final String REPORTED =
      "select 1 from views.reported where conversation = $1 and message = $2";

  private final Pool pool;

  public DoorQueuesResource(Pool pool) {
    this.pool = pool;
  }

  @GET
  @Path("/{id}/held/{author}/{message}")
  public Uni<RestResponse<String>> held(
      @RestPath String id, @RestPath String author, @RestPath String message) {
    return one(
            HELD,
            Tuple.of(
                Parameters.id("conversation", id),
                Parameters.id("author", author),
                Parameters.id("message", message)))
        .map(row -> Answer.of(held(row)));
  }

  private static ObjectNode held(Row row) {
    var json = Json.MAPPER.createObjectNode();
    json.put("send", Base64.getEncoder().encodeToString(row.getBuffer("send").getBytes()));
    var by = row.getUUID("user_id");
    if (by == null) {
      return json.putNull("settled");
    }
    json.putObject("settled").put("by", by.toString()).put("released", row.getBoolean("released"));
    return json;
  }

  @GET
  @Path("/{id}/reports/{message}")
  public Uni<RestResponse<String>> report(@RestPath String id, @RestPath String message) {
    return one(
            REPORTED,
            Tuple.of(Parameters.id("conversation", id), Parameters.id("message", message)))
        .map(_ -> Answer.of(Json.MAPPER.createObjectNode()));
  }

  private Uni<Row> one(String sql, Tuple parameters) {
    return pool.preparedQuery(sql)
        .execute(parameters)
        .map(rows -> {
          if (rows.size() == 0) {
            throw new Refusal(ErrorCode.NOT_FOUND, "There is no such thing to settle");
          }
          return rows.iterator().next();
        });
  }
}
