package dev.parley.projection.timeline;

import dev.parley.projection.access.Access;
import dev.parley.projection.access.AtLeast;
import dev.parley.projection.access.Caller;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Parameters;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /api/conversations/{id}/messages` and below.
@Path("/api/conversations")
@Authenticated
public class TimelineResource {

  private final Timeline timeline;
  private final Access access;
  private final AtLeast atLeast;
  private final JsonWebToken token;
  private final ProjectionConfig.Query limits;

  public TimelineResource(
      Timeline timeline,
      Access access,
      AtLeast atLeast,
      JsonWebToken token,
      ProjectionConfig config) {
    this.timeline = timeline;
    this.access = access;
    this.atLeast = atLeast;
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
      @RestQuery @Nullable String limit,
      @RestQuery("at_least") @Nullable String atLeastText) {
    var conversation = Parameters.id("conversation", id);
    var ask = Ask.of(before, after, around);
    int size = Parameters.limit(limit, limits.messagesDefault(), limits.messagesMax());
    var caller = Caller.of(token);
    return atLeast
        .reached(atLeastText, caller)
        .flatMap(_ -> access.to(conversation, caller))
        .flatMap(readable ->
            timeline
                .page(readable, ask, size)
                .map(page -> Answer.at(readable.position(), MessageJson.page(page))));
  }

  @GET
  @Path("/{id}/messages/{message}")
  public Uni<RestResponse<String>> message(
      @RestPath String id,
      @RestPath String message,
      @RestQuery("at_least") @Nullable String atLeastText) {
    var conversation = Parameters.id("conversation", id);
    var wanted = Parameters.id("message", message);
    var caller = Caller.of(token);
    return atLeast
        .reached(atLeastText, caller)
        .flatMap(_ -> access.to(conversation, caller))
        .flatMap(readable ->
            timeline
                .message(readable, wanted)
                .map(found -> Answer.at(readable.position(), MessageJson.message(found))));
  }

  @GET
  @Path("/{id}/messages/{message}/history")
  public Uni<RestResponse<String>> history(
      @RestPath String id,
      @RestPath String message,
      @RestQuery("at_least") @Nullable String atLeastText) {
    var conversation = Parameters.id("conversation", id);
    var wanted = Parameters.id("message", message);
    var caller = Caller.of(token);
    return atLeast
        .reached(atLeastText, caller)
        .flatMap(_ -> access.to(conversation, caller))
        .flatMap(readable ->
            timeline
                .message(readable, wanted)
                .flatMap(found ->
                    timeline
                        .revisions(found, limits.revisionsMax())
                        .map(revisions ->
                            Answer.at(
                                readable.position(), MessageJson.revisions(found, revisions)))));
  }
}
