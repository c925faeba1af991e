package dev.parley.projection.moderation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.access.Caller;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.projection.http.Stored;
import dev.parley.projection.timeline.Reported;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Reports and held messages, of one conversation or of all that the caller moderates. To whoever
/// does not moderate a conversation its queues do not exist.
@Path("/api/conversations")
@Authenticated
public class ModerationResource {

  private final Queues queues;
  private final Reported reported;
  private final JsonWebToken token;
  private final ProjectionConfig.Query limits;

  public ModerationResource(
      Queues queues, Reported reported, JsonWebToken token, ProjectionConfig config) {
    this.queues = queues;
    this.reported = reported;
    this.token = token;
    this.limits = config.query();
  }

  @GET
  @Path("/reports")
  public Uni<RestResponse<String>> reports(
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable String limit) {
    return reports(part(null, after, limit), open(state));
  }

  @GET
  @Path("/{id}/reports")
  public Uni<RestResponse<String>> reportsOf(
      @RestPath String id,
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable String limit) {
    var conversation = Parameters.id("conversation", id);
    var part = part(conversation, after, limit);
    boolean open = open(state);
    return queues.requireModerated(conversation, part.caller()).flatMap(_ -> reports(part, open));
  }

  /// One reported message with all that it ever said.
  @GET
  @Path("/{id}/reports/{message}")
  public Uni<RestResponse<String>> report(@RestPath String id, @RestPath String message) {
    var key =
        new Reported.Key(Parameters.id("conversation", id), Parameters.id("message", message));
    var part = new Queues.Part(Caller.of(token), key.conversation(), null, 1);
    return queues
        .requireModerated(key.conversation(), part.caller())
        .flatMap(_ -> queues.reports(part, limits.reportsMax(), false, key.message()))
        .flatMap(rows -> {
          if (rows.isEmpty()) {
            throw new Refusal(ErrorCode.MESSAGE_NOT_FOUND, "There is no report of that message");
          }
          return reported
              .withRevisions(key, limits.revisionsMax())
              .map(json -> Answer.of(json.setAll(report(rows.getFirst()))));
        });
  }

  @GET
  @Path("/held")
  public Uni<RestResponse<String>> held(
      @RestQuery @Nullable String after, @RestQuery @Nullable String limit) {
    return held(part(null, after, limit));
  }

  @GET
  @Path("/{id}/held")
  public Uni<RestResponse<String>> heldOf(
      @RestPath String id, @RestQuery @Nullable String after, @RestQuery @Nullable String limit) {
    var conversation = Parameters.id("conversation", id);
    var part = part(conversation, after, limit);
    return queues.requireModerated(conversation, part.caller()).flatMap(_ -> held(part));
  }

  /// With one more than asked for, which tells whether there is another page.
  private Queues.Part part(
      @Nullable UUID conversation, @Nullable String after, @Nullable String limit) {
    int size = Parameters.limit(limit, limits.messagesDefault(), limits.messagesMax());
    return new Queues.Part(Caller.of(token), conversation, QueueCursor.of(after), size + 1);
  }

  private static boolean open(@Nullable String state) {
    if (state != null && !state.equals("open") && !state.equals("all")) {
      throw new Refusal(ErrorCode.INVALID, "state must be open or all");
    }
    return "open".equals(state);
  }

  private Uni<RestResponse<String>> reports(Queues.Part part, boolean open) {
    return queues
        .reports(part, limits.reportsMax(), open, null)
        .flatMap(rows -> {
          var page = page(rows, part);
          return reported
              .messages(page.stream().map(ModerationResource::key).toList())
              .map(messages -> {
                var json = Json.MAPPER.createObjectNode();
                var array = json.putArray("reports");
                for (var row : page) {
                  var report = report(row);
                  report.set("message", messages.get(key(row)));
                  array.add(report);
                }
                return Answer.of(next(json, rows, part));
              });
        });
  }

  private static List<Row> page(List<Row> rows, Queues.Part part) {
    return rows.subList(0, Math.min(rows.size(), part.limit() - 1));
  }

  private static ObjectNode next(ObjectNode json, List<Row> rows, Queues.Part part) {
    return json.put(
        "next", rows.size() < part.limit() ? null : cursor(page(rows, part).getLast()).text());
  }

  private static QueueCursor cursor(Row row) {
    boolean held = row.getColumnIndex("author") >= 0;
    var message = row.getUUID("message");
    return new QueueCursor(
        row.getLong(held ? "at" : "last_at"),
        row.getUUID("conversation"),
        message,
        held ? row.getUUID("author") : message);
  }

  private static Reported.Key key(Row row) {
    return new Reported.Key(row.getUUID("conversation"), row.getUUID("message"));
  }

  private static ObjectNode report(Row row) {
    var json = Json.MAPPER.createObjectNode();
    json.put("conversation", row.getUUID("conversation").toString());
    json.set("reports", reports(Stored.array(row.getString("reports"))));
    json.put("reports_count", row.getLong("reports_count"));
    var settlement = row.getString("settlement");
    if (settlement == null) {
      return json.putNull("settled");
    }
    json.putObject("settled")
        .put("by", row.getUUID("settled_by").toString())
        .put("at", time(row.getLong("settled_at")))
        .put("settlement", settlement);
    return json;
  }

  private static ArrayNode reports(ArrayNode stored) {
    for (var report : stored) {
      ((ObjectNode) report).put("at", time(report.path("at").asLong()));
    }
    return stored;
  }

  private Uni<RestResponse<String>> held(Queues.Part part) {
    return queues
        .held(part)
        .map(rows -> {
          var json = Json.MAPPER.createObjectNode();
          var array = json.putArray("held");
          page(rows, part).forEach(row -> array.add(heldMessage(row)));
          return Answer.of(next(json, rows, part));
        });
  }

  private static ObjectNode heldMessage(Row row) {
    var json = Json.MAPPER.createObjectNode();
    json.setAll(Stored.object(row.getString("rest")));
    return json.put("conversation", row.getUUID("conversation").toString())
        .put("message", row.getUUID("message").toString())
        .put("author", row.getUUID("author").toString())
        .put("at", time(row.getLong("at")))
        .put("text", row.getString("text"))
        .put("reason", row.getString("reason"));
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
