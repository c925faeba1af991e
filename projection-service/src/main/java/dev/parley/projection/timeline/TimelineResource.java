package dev.parley.projection.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.access.Caller;
import dev.parley.projection.access.Readable;
import dev.parley.projection.access.Reads;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Parameters;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.function.Function;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /api/conversations/{id}/messages` and below, pins, and threads.
@Path("/api/conversations")
@Authenticated
public class TimelineResource {

  private final Timeline timeline;
  private final Reads reads;
  private final JsonWebToken token;
  private final ProjectionConfig.Query limits;

  public TimelineResource(
      Timeline timeline, Reads reads, JsonWebToken token, ProjectionConfig config) {
    this.timeline = timeline;
    this.reads = reads;
    this.token = token;
    this.limits = config.query();
  }

  @GET
  @Path("/{id}/messages")
  public Uni<RestResponse<String>> messages(
      @RestPath String id,
      @RestQuery @Nullable String before,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable String around,
      @RestQuery @Nullable String thread,
      @RestQuery @Nullable String limit,
      @RestQuery("at_least") @Nullable String atLeast) {
    var ask = Ask.of(before, after, around);
    int size = Parameters.limit(limit, limits.messagesDefault(), limits.messagesMax());
    var root = thread == null ? null : Parameters.id("thread", thread);
    var caller = Caller.orGuest(token);
    return answer(
        reads.ofThePast(id, atLeast, caller),
        readable ->
            timeline
                .page(new Timeline.Scope(readable, caller.user(), root), ask, size)
                .map(MessageJson::page));
  }

  @GET
  @Path("/{id}/messages/{message}")
  public Uni<RestResponse<String>> message(
      @RestPath String id,
      @RestPath String message,
      @RestQuery("at_least") @Nullable String atLeast) {
    var wanted = Parameters.id("message", message);
    var caller = Caller.orGuest(token);
    return answer(
        reads.ofThePast(id, atLeast, caller),
        readable -> timeline.message(readable, caller.user(), wanted).map(MessageJson::message));
  }

  @GET
  @Path("/{id}/messages/{message}/history")
  public Uni<RestResponse<String>> history(
      @RestPath String id,
      @RestPath String message,
      @RestQuery("at_least") @Nullable String atLeast) {
    var wanted = Parameters.id("message", message);
    var caller = Caller.orGuest(token);
    return answer(
        reads.ofThePast(id, atLeast, caller),
        readable ->
            timeline
                .message(readable, caller.user(), wanted)
                .flatMap(found ->
                    timeline
                        .revisions(readable, found, limits.revisionsMax())
                        .map(revisions -> MessageJson.revisions(found, revisions))));
  }

  @GET
  @Path("/{id}/pins")
  public Uni<RestResponse<String>> pins(
      @RestPath String id, @RestQuery("at_least") @Nullable String atLeast) {
    var caller = Caller.orGuest(token);
    return answer(
        reads.ofThePresent(id, atLeast, caller),
        readable ->
            timeline
                .pinned(readable, caller.user(), limits.messagesMax())
                .map(found -> MessageJson.list("messages", found)));
  }

  @GET
  @Path("/{id}/threads")
  public Uni<RestResponse<String>> threads(
      @RestPath String id,
      @RestQuery @Nullable String limit,
      @RestQuery("at_least") @Nullable String atLeast) {
    int size = Parameters.limit(limit, limits.messagesDefault(), limits.messagesMax());
    var caller = Caller.of(token);
    return answer(
        reads.ofMembers(id, atLeast, caller),
        readable ->
            timeline
                .threads(readable, caller.user(), size)
                .map(found -> MessageJson.list("threads", found)));
  }

  private static Uni<RestResponse<String>> answer(
      Uni<Readable> readable, Function<Readable, Uni<ObjectNode>> read) {
    return readable.flatMap(
        found -> read.apply(found).map(json -> Answer.at(found.position(), json)));
  }
}
