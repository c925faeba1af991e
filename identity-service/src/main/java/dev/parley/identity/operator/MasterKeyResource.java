package dev.parley.identity.operator;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.operator.Rewrapping.Progress;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Puts everything that a previous master key wraps under the current one. May be called again at
/// any time: what is current already is left as it is.
@Path("/internal/master-key:rewrap")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class MasterKeyResource {

  private final Rewrapping rewrapping;
  private final SharedSecrets secrets;

  MasterKeyResource(Rewrapping rewrapping, SharedSecrets secrets) {
    this.rewrapping = rewrapping;
    this.secrets = secrets;
  }

  /// @param people keys of people that this call rewrapped
  /// @param seen people whom it looked at
  /// @param next where the next call goes on, as `after`; null: nothing is left
  public record Answer(
      int people,
      @JsonProperty("signing_keys") int signingKeys,
      int seen,
      boolean done,
      @Nullable UUID next) {

    static Answer of(Progress progress) {
      return new Answer(
          progress.people(),
          progress.signingKeys(),
          progress.seen(),
          progress.next() == null,
          progress.next());
    }
  }

  @POST
  public Uni<Response> rewrap(
      @RestHeader("Parley-Operator") @Nullable String given, @RestQuery @Nullable String after) {
    if (!secrets.isOperator(given)) {
      return answer(Problems.of(ErrorCode.NOT_FOUND, "There is nothing at this address."));
    }
    UUID from = Ids.parse(after);
    return after != null && from == null
        ? answer(Problems.of(ErrorCode.INVALID, "after: what `next` said."))
        : rewrapping.rewrap(from).map(progress -> Response.ok(Answer.of(progress)).build());
  }

  private static Uni<Response> answer(Response response) {
    return Uni.createFrom().item(response);
  }
}
