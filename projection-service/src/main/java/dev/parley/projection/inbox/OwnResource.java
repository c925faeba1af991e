package dev.parley.projection.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.access.AtLeast;
import dev.parley.projection.access.Caller;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Stored;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What is the caller's own over all conversations: what is unread, and messages that wait for
/// their time.
@Path("/api/conversations")
@Authenticated
public class OwnResource {

  private static final String SCHEDULED =
      """
      select message, target, send_at, text, rest, content_rest, failure from views.scheduled
      where conversation = $1 and (not released or failure is not null)
      order by send_at, message limit $2\
      """;

  private final Pool pool;
  private final Inbox inbox;
  private final AtLeast atLeast;
  private final JsonWebToken token;
  private final ProjectionConfig.Query limits;

  public OwnResource(
      Pool pool, Inbox inbox, AtLeast atLeast, JsonWebToken token, ProjectionConfig config) {
    this.pool = pool;
    this.inbox = inbox;
    this.atLeast = atLeast;
    this.token = token;
    this.limits = config.query();
  }

  @GET
  @Path("/unread")
  public Uni<RestResponse<String>> unread(@RestQuery("at_least") @Nullable String atLeastText) {
    var caller = Caller.of(token);
    return atLeast
        .reached(atLeastText, caller)
        .flatMap(_ -> inbox.of(caller.user(), null, limits.edgeInboxMax()))
        .map(items -> Answer.of(Totals.of(items, System.currentTimeMillis()).toJson()));
  }

  @GET
  @Path("/scheduled")
  public Uni<RestResponse<String>> scheduled(@RestQuery("at_least") @Nullable String atLeastText) {
    var caller = Caller.of(token);
    var own = Ids.selfConversation(caller.user());
    return atLeast
        .reached(atLeastText, caller)
        .flatMap(
            _ -> pool.preparedQuery(SCHEDULED).execute(Tuple.of(own, limits.conversationsMax())))
        .map(rows -> {
          var json = Json.MAPPER.createObjectNode();
          var scheduled = json.putArray("scheduled");
          rows.forEach(row -> scheduled.add(json(row)));
          return Answer.of(json);
        });
  }

  private static ObjectNode json(Row row) {
    var json = Json.MAPPER.createObjectNode();
    json.put("conversation", row.getUUID("target").toString());
    json.put("message_id", row.getUUID("message").toString());
    json.put("at", Instant.ofEpochMilli(row.getLong("send_at")).toString());
    json.put("text", row.getString("text"));
    json.setAll(Stored.object(row.getString("content_rest")));
    json.setAll(Stored.object(row.getString("rest")));
    json.put("failed", row.getString("failure"));
    return json;
  }
}
