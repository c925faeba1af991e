package dev.parley.projection.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.access.AtLeast;
import dev.parley.projection.access.Caller;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Parameters;
import dev.parley.schemas.wire.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /api/conversations`: the caller's inbox.
@Path("/api/conversations")
@Authenticated
public class InboxResource {

  private final Inbox inbox;
  private final AtLeast atLeast;
  private final JsonWebToken token;
  private final ProjectionConfig.Query limits;

  public InboxResource(Inbox inbox, AtLeast atLeast, JsonWebToken token, ProjectionConfig config) {
    this.inbox = inbox;
    this.atLeast = atLeast;
    this.token = token;
    this.limits = config.query();
  }

  @GET
  public Uni<RestResponse<String>> inbox(
      @RestQuery @Nullable String before,
      @RestQuery @Nullable String limit,
      @RestQuery("at_least") @Nullable String atLeastText) {
    var cursor = InboxCursor.of(before);
    int size = Parameters.limit(limit, limits.conversationsDefault(), limits.conversationsMax());
    var caller = Caller.of(token);
    return atLeast
        .reached(atLeastText, caller)
        .flatMap(_ -> inbox.of(caller.user(), cursor, size + 1))
        .map(items -> Answer.of(page(items, size)));
  }

  private static ObjectNode page(List<InboxItem> items, int limit) {
    var page = items.subList(0, Math.min(limit, items.size()));
    var json = Json.MAPPER.createObjectNode();
    var conversations = json.putArray("conversations");
    page.forEach(item -> conversations.add(item.toJson()));
    json.put("next", items.size() > limit ? InboxCursor.after(page.getLast()).text() : null);
    return json;
  }
}
