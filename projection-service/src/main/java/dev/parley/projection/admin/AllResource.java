package dev.parley.projection.admin;

import dev.parley.projection.access.Caller;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.fold.ViewText;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /api/conversations/all`: every conversation there is, for admins.
@Path("/api/conversations")
@Authenticated
public class AllResource {

  private final Metadata metadata;
  private final JsonWebToken token;
  private final ProjectionConfig.Query limits;

  public AllResource(Metadata metadata, JsonWebToken token, ProjectionConfig config) {
    this.metadata = metadata;
    this.token = token;
    this.limits = config.query();
  }

  @GET
  @Path("/all")
  public Uni<RestResponse<String>> all(
      @RestQuery @Nullable String q,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable String limit) {
    Caller.ofAdmin(token);
    var last = after == null ? null : Parameters.id("after", after);
    int size = Parameters.limit(limit, limits.conversationsDefault(), limits.conversationsMax());
    return metadata
        .page(last, words(q), size + 1)
        .map(found -> {
          var json = Json.MAPPER.createObjectNode();
          boolean more = found.size() > size;
          if (more) {
            found.remove(size);
          }
          json.set("conversations", found);
          json.put("next", more ? found.get(size - 1).path("conversation").asText() : null);
          return Answer.of(json);
        });
  }

  private String words(@Nullable String q) {
    if (q == null) {
      return "";
    }
    if (q.length() > limits.directoryQueryChars()) {
      throw new Refusal(
          ErrorCode.INVALID, "q must have at most " + limits.directoryQueryChars() + " characters");
    }
    return ViewText.of(q.strip());
  }
}
