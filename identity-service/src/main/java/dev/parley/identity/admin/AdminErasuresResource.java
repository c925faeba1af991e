package dev.parley.identity.admin;

import dev.parley.identity.erasure.Erasures;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/// Receipts of people who were erased.
@Path("/api/admin/erasures")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public class AdminErasuresResource {

  private final Erasures erasures;

  AdminErasuresResource(Erasures erasures) {
    this.erasures = erasures;
  }

  @GET
  @Path("/{user}")
  public Uni<Response> one(@RestPath String user) {
    UUID id = Ids.parse(user);
    return id == null
        ? Uni.createFrom().item(none())
        : erasures
            .ofPerson(id)
            .map(receipt -> receipt == null ? none() : Response.ok(receipt).build());
  }

  private static Response none() {
    return Problems.of(ErrorCode.NOT_FOUND, "This person was not erased.");
  }
}
