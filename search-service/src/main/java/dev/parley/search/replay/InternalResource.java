package dev.parley.search.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the operator's commands ask: replay and counts.
@Path("/internal")
@InternalOnly
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class InternalResource {

  private static final int ACCEPTED = 202;

  private final Replay replay;
  private final Counts counts;

  public InternalResource(Replay replay, Counts counts) {
    this.replay = replay;
    this.counts = counts;
  }

  @POST
  @Path("/replay")
  public Response start() {
    return Response.status(ACCEPTED).entity(json(replay.start())).build();
  }

  @POST
  @Path("/replay/back")
  public ObjectNode back() {
    return json(replay.back());
  }

  @GET
  @Path("/replay")
  public ObjectNode progress() {
    return json(replay.progress());
  }

  @GET
  @Path("/counts")
  public Map<String, Long> counts() {
    return counts.now();
  }

  private static ObjectNode json(ReplayProgress progress) {
    var json = Json.MAPPER.createObjectNode();
    json.put("state", progress.state().wireName());
    json.put("done", progress.done());
    json.put("total", progress.total());
    json.put("rate", progress.rate());
    json.put("eta_s", progress.etaSeconds());
    json.set("old", json(progress.older()));
    json.set("new", json(progress.newer()));
    json.put("detail", progress.detail());
    return json;
  }

  private static @Nullable ObjectNode json(Snapshot.@Nullable Facts facts) {
    return facts == null
        ? null
        : Json.MAPPER
            .createObjectNode()
            .put("version", facts.version())
            .put("digest", facts.digest())
            .put("messages", facts.messages())
            .put("count", facts.messages());
  }
}
