package dev.parley.projection.replay;

import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Internal;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/// `/internal/replay`: begins a rebuild of the views, tells how far it is, switches back.
@Path("/internal/replay")
@Internal
public class ReplayResource {

  private final ViewKeeper keeper;

  public ReplayResource(ViewKeeper keeper) {
    this.keeper = keeper;
  }

  @GET
  public Uni<RestResponse<String>> status() {
    return Uni.createFrom().item(() -> Answer.of(keeper.status().toJson()));
  }

  @POST
  public Uni<RestResponse<String>> begin() {
    return answer(keeper.begin());
  }

  @POST
  @Path("/back")
  public Uni<RestResponse<String>> back() {
    return answer(keeper.back());
  }

  private static Uni<RestResponse<String>> answer(CompletionStage<ReplayStatus> asked) {
    return Uni.createFrom()
        .completionStage(asked)
        .onFailure()
        .transform(ReplayResource::translated)
        .map(status -> Answer.of(status.toJson()));
  }

  private static Throwable translated(Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof Rebuild.RefusedException
        ? new Refusal(ErrorCode.NOT_FOR_THIS_KIND, String.valueOf(cause.getMessage()))
        : cause;
  }
}
