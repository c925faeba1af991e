package dev.parley.identity.signing;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A new signing key by command.
@Path("/api/admin/signing-keys:rotate")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RotationResource {

  private static final Logger LOG = Logger.getLogger(RotationResource.class);

  private final SigningKeys keys;
  private final Duration publishAhead;

  RotationResource(SigningKeys keys, IdentityConfig config) {
    this.keys = keys;
    this.publishAhead = config.identity().signing().publishAhead();
  }

  /// @param now whether it signs as soon as every instance has it, and verifiers learn of it from
  ///   its tokens; otherwise it is published ahead, as by schedule
  public record Wish(boolean now) {}

  public record Rotated(String id, @JsonProperty("signs_from") Instant signsFrom) {}

  @POST
  public Uni<Response> rotate(@Nullable Wish wish) {
    boolean now = wish != null && wish.now();
    return keys.rotate(now ? Duration.ZERO : publishAhead)
        .map(key -> {
          if (key == null) {
            return Problems.of(
                ErrorCode.LIMIT_REACHED,
                "Too many keys are in use; the oldest go when their tokens have expired.");
          }
          LOG.infof("signing key rotated by command id=%s now=%b", key.id(), now);
          return Response.ok(new Rotated(key.id(), Instant.ofEpochMilli(key.signsFromMillis())))
              .build();
        });
  }
}
