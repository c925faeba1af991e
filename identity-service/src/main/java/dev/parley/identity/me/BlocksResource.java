package dev.parley.identity.me;

import dev.parley.identity.problem.Problems;
import dev.parley.identity.problem.Result;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Whom the caller blocks.
@Path("/api/users/me/blocks")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class BlocksResource {

  private final Blocks blocks;
  private final JsonWebToken token;

  BlocksResource(Blocks blocks, JsonWebToken token) {
    this.blocks = blocks;
    this.token = token;
  }

  @GET
  public Uni<Response> list() {
    return blocks.of(caller()).map(people -> Response.ok(Map.of("blocks", people)).build());
  }

  @PUT
  @Path("/{user}")
  public Uni<Response> block(@RestPath String user) {
    return with(user, other -> blocks.block(caller(), other));
  }

  @DELETE
  @Path("/{user}")
  public Uni<Response> unblock(@RestPath String user) {
    return with(user, other -> blocks.unblock(caller(), other));
  }

  private static Uni<Response> with(String user, Function<UUID, Uni<Result<UUID>>> change) {
    @Nullable UUID other = Ids.parse(user);
    return other == null
        ? Uni.createFrom().item(Problems.of(ErrorCode.NOT_FOUND, "There is no such person."))
        : change.apply(other).map(result -> result.answer(_ -> Response.noContent().build()));
  }

  private UUID caller() {
    return Ids.required(token.getSubject());
  }
}
