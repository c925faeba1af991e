package dev.parley.projection.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.access.Caller;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.fold.ViewText;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /api/conversations/directory`: the channels that anybody signed in may read and join.
@Path("/api/conversations")
@Authenticated
public class DirectoryResource {

  private final Directory directory;
  private final JsonWebToken token;
  private final ProjectionConfig.Query limits;

  public DirectoryResource(Directory directory, JsonWebToken token, ProjectionConfig config) {
    this.directory = directory;
    this.token = token;
    this.limits = config.query();
  }

  @GET
  @Path("/directory")
  public Uni<RestResponse<String>> channels(
      @RestQuery @Nullable String q, @RestQuery @Nullable String limit) {
    int size = Parameters.limit(limit, limits.conversationsDefault(), limits.conversationsMax());
    return directory
        .search(words(q), Caller.orGuest(token).user(), size)
        .map(found -> Answer.of(json(found)));
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

  private static ObjectNode json(List<Channel> channels) {
    var json = Json.MAPPER.createObjectNode();
    var array = json.putArray("conversations");
    for (var channel : channels) {
      array
          .addObject()
          .put("conversation", channel.id.toString())
          .put("kind", ConversationKind.CHANNEL.wireName())
          .put("title", channel.title)
          .put("topic", channel.topic)
          .put("head_seq", channel.headSeq)
          .put("head_ordinal", channel.headOrdinal)
          .put("last_at", Instant.ofEpochMilli(channel.lastAtMillis).toString())
          .put("members_count", channel.membersCount);
    }
    return json;
  }
}
