package dev.parley.projection.catchup;

import dev.parley.projection.access.Access;
import dev.parley.projection.access.Caller;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Internal;
import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /internal/conversations/{id}/events?after=`: records for an edge whose session is behind
/// the tail in Redis. With `user=` only what that person may see; without, the edge answers for it.
///
/// `GET /internal/conversations/heads?ids=`: how far the views are, for an edge without Redis.
@Path("/internal/conversations")
@Internal
public class EdgeEventsResource {

  private static final int HEADS_MAX = 50;

  private final Events events;
  private final Access access;
  private final ProjectionConfig.Query limits;

  public EdgeEventsResource(Events events, Access access, ProjectionConfig config) {
    this.events = events;
    this.access = access;
    this.limits = config.query();
  }

  @GET
  @Path("/{id}/events")
  public Uni<RestResponse<String>> events(
      @RestPath String id,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String user) {
    var conversation = Parameters.id("conversation", id);
    long from = Objects.requireNonNullElse(Parameters.number("after", after), 0L);
    int size = Parameters.limit(limit, limits.eventsDefault(), limits.eventsMax());
    return user == null
        ? all(conversation, from, size)
        : visible(conversation, new Caller(Parameters.id("user", user)), from, size);
  }

  @GET
  @Path("/heads")
  public Uni<RestResponse<String>> heads(@RestQuery @Nullable String ids) {
    var conversations =
        Stream.of(Objects.requireNonNullElse(ids, "").split(",", -1))
            .map(id -> Parameters.id("ids", id))
            .toList();
    if (conversations.size() > HEADS_MAX) {
      throw new Refusal(ErrorCode.INVALID, "ids must be at most " + HEADS_MAX);
    }
    return events
        .heads(conversations)
        .map(heads -> {
          var json = Json.MAPPER.createObjectNode();
          var told = json.putObject("heads");
          heads.forEach((id, head) -> told.put(id.toString(), head));
          return Answer.of(json);
        });
  }

  private Uni<RestResponse<String>> all(UUID conversation, long after, int limit) {
    // The events first: a head read before them might be below what is sent.
    return events
        .all(conversation, after, limit)
        .flatMap(records -> events.head(conversation).map(head -> answer(records, head)));
  }

  private Uni<RestResponse<String>> visible(
      UUID conversation, Caller caller, long after, int limit) {
    return access
        .to(conversation, caller)
        .flatMap(readable ->
            events
                .visible(conversation, readable.visible(), after, limit)
                .map(records -> answer(records, readable.head())));
  }

  private static RestResponse<String> answer(List<byte[]> records, long head) {
    var json = Json.MAPPER.createObjectNode();
    var array = json.putArray("events");
    records.forEach(record -> array.add(Base64.getEncoder().encodeToString(record)));
    return Answer.of(json.put("head", head));
  }
}
