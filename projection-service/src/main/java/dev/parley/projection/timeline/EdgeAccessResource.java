package dev.parley.projection.timeline;

import dev.parley.projection.access.Access;
import dev.parley.projection.access.Caller;
import dev.parley.projection.access.Delivered;
import dev.parley.projection.access.Readable;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Internal;
import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What other services ask before they act for somebody: `/internal/conversations/{id}/access`, and
/// a message as that person sees it, which is what they may forward. Whoever was just told of
/// something is not told that it does not exist: see [Delivered].
@Path("/internal/conversations")
@Internal
public class EdgeAccessResource {

  private final Timeline timeline;
  private final Access access;
  private final Delivered delivered;

  public EdgeAccessResource(Timeline timeline, Access access, Delivered delivered) {
    this.timeline = timeline;
    this.access = access;
    this.delivered = delivered;
  }

  /// Who may not read learns nothing but that: 200 with `readable` false.
  ///
  /// @param seq that the person has seen already: the head that is told is not below it, if it
  ///   exists
  @GET
  @Path("/{id}/access")
  public Uni<RestResponse<String>> access(
      @RestPath String id,
      @RestQuery @Nullable String user,
      @RestQuery @Nullable String guest,
      @RestQuery @Nullable String seq) {
    var conversation = Parameters.id("conversation", id);
    long seen = Objects.requireNonNullElse(Parameters.number("seq", seq), 0L);
    var caller = new Caller(Parameters.id("user", user), "true".equals(guest), false);
    return access
        .find(conversation, caller)
        .flatMap(found ->
            isFinal(found, caller, seen)
                ? Uni.createFrom().item(found)
                : again(conversation, found, () -> access.find(conversation, caller)))
        .map(EdgeAccessResource::answer);
  }

  /// A no may be over in a moment: who has just joined is not a member yet.
  private static boolean isFinal(@Nullable Readable readable, Caller caller, long seen) {
    return readable != null
        && (caller.guest() || (readable.role() != null && readable.head() >= seen));
  }

  /// What anybody may read is not held up by views that stay behind.
  private Uni<@Nullable Readable> again(
      UUID conversation, @Nullable Readable found, Supplier<Uni<@Nullable Readable>> find) {
    var reached = delivered.reached(conversation);
    var worthIt =
        found == null || found.role() != null
            ? reached
            : reached.onFailure(Refusal.class).recoverWithItem(false);
    return worthIt.flatMap(
        yes -> yes ? find.get() : Uni.createFrom().<@Nullable Readable>item(found));
  }

  private static RestResponse<String> answer(@Nullable Readable readable) {
    var json = Json.MAPPER.createObjectNode();
    if (readable == null || readable.isPast()) {
      return Answer.of(json.put("readable", false).put("member", false));
    }
    json.put("readable", true);
    json.put("member", readable.role() != null);
    var role = readable.role();
    json.put("role", role == null ? null : role.wireName());
    json.put("kind", readable.kind().wireName());
    json.put("head_seq", readable.head());
    json.put("members_count", readable.membersCount());
    json.put("joined_seq", readable.joinedSeq());
    return Answer.at(readable.position(), json);
  }

  @GET
  @Path("/{id}/messages/{message}")
  public Uni<RestResponse<String>> message(
      @RestPath String id, @RestPath String message, @RestQuery @Nullable String user) {
    var conversation = Parameters.id("conversation", id);
    var wanted = Parameters.id("message", message);
    var caller = new Caller(Parameters.id("user", user));
    return message(conversation, wanted, caller)
        .onFailure(Refusal.class)
        .recoverWithUni(no ->
            delivered
                .reached(conversation)
                .flatMap(yes ->
                    yes ? message(conversation, wanted, caller) : Uni.createFrom().failure(no)));
  }

  private Uni<RestResponse<String>> message(UUID conversation, UUID wanted, Caller caller) {
    return access
        .to(conversation, caller)
        .flatMap(readable ->
            timeline
                .message(readable, caller.user(), wanted)
                .map(found -> Answer.at(readable.position(), MessageJson.message(found))));
  }
}
