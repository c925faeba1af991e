package dev.parley.projection.inbox;

import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Internal;
import dev.parley.projection.http.Parameters;
import dev.parley.schemas.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /internal/inbox?user=`: the whole inbox, for an edge that makes a session ready.
@Path("/internal/inbox")
@Internal
public class EdgeInboxResource {

  private final Inbox inbox;
  private final int max;

  public EdgeInboxResource(Inbox inbox, ProjectionConfig config) {
    this.inbox = inbox;
    this.max = config.query().edgeInboxMax();
  }

  @GET
  public Uni<RestResponse<String>> inbox(@RestQuery @Nullable String user) {
    var whose = Parameters.id("user", user);
    return inbox.of(whose, null, max + 1).map(items -> answer(whose, items));
  }

  private RestResponse<String> answer(UUID user, List<InboxItem> items) {
    var json = Json.MAPPER.createObjectNode().put("user", user.toString());
    var conversations = json.putArray("conversations");
    items.stream().limit(max).forEach(item -> conversations.add(item.toJson()));
    json.set("total", Totals.of(items, System.currentTimeMillis()).toJson());
    return Answer.of(json.put("truncated", items.size() > max));
  }
}
