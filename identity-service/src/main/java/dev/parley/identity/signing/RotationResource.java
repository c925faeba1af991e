package dev.parley.identity.signing;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.audit.Act;
import dev.parley.identity.audit.Audit;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// A new signing key by command.
@Path("/api/admin/signing-keys:rotate")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RotationResource {

  private final SigningKeys keys;
  private final Duration publishAhead;
  private final Audit audit;
  private final JsonWebToken token;

  RotationResource(SigningKeys keys, IdentityConfig config, Audit audit, JsonWebToken token) {
    this.keys = keys;
    this.audit = audit;
    this.token = token;
    this.publishAhead = config.identity().signing().publishAhead();
  }

  /// @param now whether it signs as soon as every instance has it, and verifiers learn of it from
  ///   its tokens; otherwise it is published ahead, as by schedule
  /// @param discard whether the others go at once, since somebody may have them: everybody's access
  ///   token is void within a door's `parley.tokens.keys.refresh-every`, and clients refresh
  public record Wish(boolean now, boolean discard) {}

  public record Rotated(String id, @JsonProperty("signs_from") Instant signsFrom) {}

  @POST
  public Uni<Response> rotate(@Nullable Wish asked) {
    Wish wish = asked == null ? new Wish(false, false) : asked;
    return rotated(wish).chain(key -> key == null ? refused() : noted(key, wish));
  }

  private Uni<SigningKey> rotated(Wish wish) {
    return wish.discard()
        ? keys.replaceAll()
        : keys.rotate(wish.now() ? Duration.ZERO : publishAhead);
  }

  private Uni<Response> noted(SigningKey key, Wish wish) {
    String detail = "key=%s now=%b discard=%b".formatted(key.id(), wish.now(), wish.discard());
    UUID actor = UUID.fromString(token.getSubject());
    return Panache.withTransaction(() -> audit.write(actor, Act.SIGNING_KEYS_ROTATED, null, detail))
        .map(_ ->
            Response.ok(new Rotated(key.id(), Instant.ofEpochMilli(key.signsFromMillis())))
                .build());
  }

  private static Uni<Response> refused() {
    return Uni.createFrom()
        .item(
            Problems.of(
                ErrorCode.LIMIT_REACHED,
                "Too many keys are in use; the oldest go when their tokens have expired."));
  }
}
