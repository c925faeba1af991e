package dev.parley.projection.catchup;

import dev.parley.log.UserTable;
import dev.parley.projection.access.Caller;
import dev.parley.projection.access.Readable;
import dev.parley.projection.access.Reads;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Parameters;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.event.Event;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /api/conversations/{id}/events?after=`: what happened after a seq, of any age.
@Path("/api/conversations")
@Authenticated
public class EventsResource {

  private final Events events;
  private final Reads reads;
  private final JsonWebToken token;
  private final ContentReader reader;
  private final ProjectionConfig.Query limits;

  public EventsResource(
      Events events, Reads reads, JsonWebToken token, UserTable users, ProjectionConfig config) {
    this.events = events;
    this.reads = reads;
    this.token = token;
    this.reader = new ContentReader(users);
    this.limits = config.query();
  }

  @GET
  @Path("/{id}/events")
  public Uni<RestResponse<String>> events(
      @RestPath String id,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable String limit,
      @RestQuery("at_least") @Nullable String atLeastText) {
    long from = Objects.requireNonNullElse(Parameters.number("after", after), 0L);
    int size = Parameters.limit(limit, limits.eventsDefault(), limits.eventsMax());
    return reads
        .ofThePast(id, atLeastText, Caller.orGuest(token))
        .flatMap(readable -> page(readable, from, size));
  }

  private Uni<RestResponse<String>> page(Readable readable, long after, int limit) {
    return events
        .visible(readable.conversation(), readable.visible(), after, limit)
        .map(EventsJson::decode)
        .flatMap(page -> withoutGone(readable, page));
  }

  private Uni<RestResponse<String>> withoutGone(Readable readable, List<Event> page) {
    return events
        .gone(readable.conversation(), EventsJson.messages(page))
        .map(gone ->
            Answer.at(readable.position(), EventsJson.page(page, gone, readable.head(), reader)));
  }
}
