package dev.parley.rates;

import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Takes a token for each request: of the person's bucket, or of the address' where no valid token
/// names a person. It stands before the routes and what they require, so that requests that come to
/// nothing count as well. Health, metrics and what services ask each other are free.
public class RestRates {

  /// What is free is named, not what is limited: a path written in another way is limited then.
  private static final List<String> FREE = List.of("/internal/", "/q/", "/.well-known/");

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final long MILLIS_PER_SECOND = 1_000;

  private final SharedRates rates;

  RestRates(SharedRates rates) {
    this.rates = rates;
  }

  @ServerRequestFilter(preMatching = true)
  public Uni<Response> take(ContainerRequestContext request, RoutingContext routing) {
    if (FREE.stream().anyMatch(request.getUriInfo().getPath()::startsWith)) {
      return Uni.createFrom().nullItem();
    }
    var context = routing.vertx().getOrCreateContext();
    return person(routing)
        .chain(person -> Uni.createFrom().completionStage(() -> ask(person, routing)))
        .chain(RestRates::answer)
        // Redis answers elsewhere; the request goes on where it was.
        .emitOn(task -> context.runOnContext(_ -> task.run()));
  }

  private CompletionStage<Taken> ask(Optional<UUID> person, RoutingContext routing) {
    if (person.isPresent()) {
      return rates.takeOfPerson(person.get(), 1, 1);
    }
    var request = routing.request();
    return rates.takeOfAddress(
        Objects.requireNonNullElse(request.connection().remoteAddress().hostAddress(), ""),
        request.headers().getAll(FORWARDED_FOR));
  }

  /// Whom a valid token names. A wrong one is refused later, by what requires one.
  private static Uni<Optional<UUID>> person(RoutingContext routing) {
    var identity = QuarkusHttpUser.getSecurityIdentity(routing, null);
    return identity == null
        ? Uni.createFrom().item(Optional.empty())
        : identity.onItemOrFailure().transform((found, _) -> subject(found));
  }

  private static Optional<UUID> subject(@Nullable SecurityIdentity identity) {
    return identity != null
            && identity.getPrincipal() instanceof JsonWebToken token
            && token.getSubject() != null
        ? Optional.ofNullable(Ids.parse(token.getSubject()))
        : Optional.empty();
  }

  /// Nothing where the request may go on.
  private static Uni<Response> answer(Taken taken) {
    return switch (taken) {
      case Taken.Granted _, Taken.Open _ -> Uni.createFrom().nullItem();
      case Taken.Refused(var retryAfterMillis) -> Uni.createFrom().item(tooMany(retryAfterMillis));
    };
  }

  private static Response tooMany(long retryAfterMillis) {
    var seconds = Math.ceilDiv(retryAfterMillis, MILLIS_PER_SECOND);
    return Response.status(ErrorCode.RATE_LIMITED.httpStatus())
        .type(Problem.MEDIA_TYPE)
        .header(HttpHeaders.RETRY_AFTER, seconds)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(
            Problem.of(
                    ErrorCode.RATE_LIMITED,
                    "Too many requests; the next one is taken in " + seconds + " s.")
                .toString())
        .build();
  }
}
