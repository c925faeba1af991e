package dev.parley.projection.inbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /internal/inboxes?users=`: whole inboxes, for an edge that makes sessions ready. One after
/// the other; who would make the answer too large or too late is left out, but never the first, and
/// the edge asks for them again.
@Path("/internal/inboxes")
@Internal
public class EdgeInboxResource {

  private static final int USERS_MAX = 100;

  private final Inbox inbox;
  private final int max;
  private final long timeNanos;

  public EdgeInboxResource(Inbox inbox, ProjectionConfig config) {
    this.inbox = inbox;
    this.max = config.query().edgeInboxMax();
    this.timeNanos = TimeUnit.MILLISECONDS.toNanos(config.query().edgeInboxMillis());
  }

  @GET
  public Uni<RestResponse<String>> inboxes(@RestQuery @Nullable String users) {
    var whose =
        Stream.of(Objects.requireNonNullElse(users, "").split(",", -1))
            .map(id -> Parameters.id("users", id))
            .toList();
    if (whose.size() > USERS_MAX) {
      throw new Refusal(ErrorCode.INVALID, "users must be at most " + USERS_MAX);
    }
    var json = Json.MAPPER.createObjectNode();
    var told = new Told(json.putArray("inboxes"), max, System.nanoTime() + timeNanos);
    return tell(new ArrayDeque<>(whose), told).map(_ -> Answer.of(json));
  }

  private Uni<Void> tell(Queue<UUID> left, Told told) {
    var user = left.poll();
    if (user == null || told.isEnough()) {
      return Uni.createFrom().voidItem();
    }
    return inbox
        .of(user, null, max + 1)
        .flatMap(items -> {
          told.add(user, items);
          return tell(left, told);
        });
  }

  /// What is told so far.
  private static final class Told {

    private final ArrayNode inboxes;
    private final int max;
    private final long endNanos;
    private int conversations;

    Told(ArrayNode inboxes, int max, long endNanos) {
      this.inboxes = inboxes;
      this.max = max;
      this.endNanos = endNanos;
    }

    boolean isEnough() {
      return conversations >= max || (!inboxes.isEmpty() && System.nanoTime() - endNanos > 0);
    }

    void add(UUID user, List<InboxItem> items) {
      ObjectNode json = inboxes.addObject().put("user", user.toString());
      var array = json.putArray("conversations");
      items.stream().limit(max).forEach(item -> array.add(item.toJson()));
      json.put("truncated", items.size() > max);
      conversations += items.size();
    }
  }
}
