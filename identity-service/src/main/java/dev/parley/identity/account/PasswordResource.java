package dev.parley.identity.account;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.problem.Problems;
import dev.parley.rates.SharedRates;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Changes one's password, for which one must know it: who finds an unlocked device cannot.
@Path("/api/auth/password")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PasswordResource {

  private final Accounts accounts;
  private final JsonWebToken token;
  private final SharedRates rates;
  private final boolean enabled;

  PasswordResource(
      Accounts accounts, JsonWebToken token, SharedRates rates, IdentityConfig config) {
    this.accounts = accounts;
    this.token = token;
    this.rates = rates;
    this.enabled = config.identity().accounts().enabled();
  }

  public record Change(@Nullable String current, @Nullable String password) {
    @Override
    public String toString() {
      return "Change[hidden]";
    }
  }

  @POST
  public Uni<Response> change(@Context HttpServerRequest request, @Nullable Change body) {
    if (!enabled) {
      return answer(
          Problems.of(ErrorCode.NOT_FOUND, "This deployment has no accounts of its own."));
    }
    if (body == null) {
      return answer(Problems.of(ErrorCode.MALFORMED, "The body is empty; send a JSON object."));
    }
    return accounts
        .changePassword(
            Ids.required(token.getSubject()),
            Ids.parse(token.getClaim("sid")),
            body.current(),
            body.password(),
            Client.of(request, rates))
        .map(PasswordResource::answer);
  }

  private static Response answer(PasswordChange change) {
    return switch (change) {
      case PasswordChange.Changed() -> Response.noContent().build();
      case PasswordChange.Refused(var code, var detail) -> Problems.of(code, detail);
      case PasswordChange.Throttled(var retryAfterMillis) -> Problems.throttled(retryAfterMillis);
    };
  }

  private static Uni<Response> answer(Response response) {
    return Uni.createFrom().item(response);
  }
}
