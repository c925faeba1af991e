package dev.parley.projection.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.access.Caller;
import dev.parley.projection.access.Readable;
import dev.parley.projection.access.Reads;
import dev.parley.projection.admin.Metadata;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.projection.http.Stored;
import dev.parley.projection.inbox.Inbox;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `GET /api/conversations/{id}` and its members.
@Path("/api/conversations")
@Authenticated
public class ConversationResource {

  private final Members members;
  private final Inbox inbox;
  private final Metadata metadata;
  private final Reads reads;
  private final JsonWebToken token;
  private final ProjectionConfig.Query limits;

  public ConversationResource(
      Members members,
      Inbox inbox,
      Metadata metadata,
      Reads reads,
      JsonWebToken token,
      ProjectionConfig config) {
    this.members = members;
    this.inbox = inbox;
    this.metadata = metadata;
    this.reads = reads;
    this.token = token;
    this.limits = config.query();
  }

  @GET
  @Path("/{id}")
  public Uni<RestResponse<String>> conversation(
      @RestPath String id, @RestQuery("at_least") @Nullable String atLeastText) {
    var caller = Caller.orGuest(token);
    var read =
        reads
            .ofThePresent(id, atLeastText, caller)
            .flatMap(readable ->
                own(readable).map(own -> Answer.at(readable.position(), all(readable, own))));
    return caller.admin()
        ? read.onFailure(ConversationResource::absent).recoverWithUni(fromOutside(id))
        : read;
  }

  private static boolean absent(Throwable failure) {
    return failure instanceof Refusal refusal && refusal.code() == ErrorCode.NOT_FOUND;
  }

  /// What an admin sees of a conversation that is not theirs.
  private Uni<RestResponse<String>> fromOutside(String id) {
    return Uni.createFrom()
        .deferred(() -> metadata.of(Parameters.id("conversation", id)))
        .map(Answer::of);
  }

  /// What the inbox says of it, to members: marks, counts, settings, the latest message.
  private Uni<ObjectNode> own(Readable readable) {
    return readable.role() == null
        ? Uni.createFrom().item(Json.MAPPER.createObjectNode())
        : inbox.item(Caller.orGuest(token).user(), readable.conversation());
  }

  @GET
  @Path("/{id}/members")
  public Uni<RestResponse<String>> members(
      @RestPath String id,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable String limit,
      @RestQuery("at_least") @Nullable String atLeastText) {
    var last = after == null ? null : Parameters.id("after", after);
    int size = Parameters.limit(limit, limits.membersDefault(), limits.membersMax());
    return reads
        .ofThePresent(id, atLeastText, Caller.orGuest(token))
        .flatMap(readable ->
            members
                .of(readable, last, size + 1)
                .map(found -> Answer.at(readable.position(), page(found, size))));
  }

  private static ObjectNode all(Readable readable, ObjectNode own) {
    var json = json(readable);
    json.setAll(own);
    return json;
  }

  private static ObjectNode json(Readable readable) {
    var json = Json.MAPPER.createObjectNode();
    json.put("conversation", readable.conversation().toString());
    json.put("kind", readable.kind().wireName());
    json.put("title", readable.title());
    json.put("topic", readable.topic());
    json.put("history", readable.history().wireName());
    json.put("created_at", Instant.ofEpochMilli(readable.createdAtMillis()).toString());
    json.put("created_by", readable.createdBy().toString());
    json.put("imported", readable.imported());
    json.put("head_seq", readable.head());
    json.put("head_ordinal", readable.headOrdinal());
    json.put("last_at", Instant.ofEpochMilli(readable.lastAtMillis()).toString());
    json.put("members_count", readable.membersCount());
    var role = readable.role();
    json.put("role", role == null ? null : role.wireName());
    json.put("joined_seq", readable.joinedSeq());
    var peer = readable.peer();
    json.put("peer", peer == null ? null : peer.toString());
    var details = readable.details();
    json.put("avatar", details.avatar());
    json.set("custom", Stored.object(details.custom()));
    json.put("archived", details.archived());
    json.put("slow_mode_seconds", details.slowModeSeconds());
    json.put("my_muted_until", time(details.mutedUntilMillis()));
    return json;
  }

  private static @Nullable String time(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
  }

  private static ObjectNode page(List<Members.Member> found, int limit) {
    var page = found.subList(0, Math.min(limit, found.size()));
    var json = Json.MAPPER.createObjectNode();
    var members = json.putArray("members");
    for (var member : page) {
      members
          .addObject()
          .put("user", member.user().toString())
          .put("role", member.role())
          .put("joined_seq", member.joinedSeq())
          .put("muted_until", time(member.mutedUntilMillis()));
    }
    return json.put("next", found.size() > limit ? page.getLast().user().toString() : null);
  }
}
