package dev.parley.identity.me;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.account.Cookies;
import dev.parley.identity.account.PasswordProof;
import dev.parley.identity.erasure.Erasures;
import dev.parley.identity.erasure.Receipt;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Erasing oneself, which a token alone does not allow: somebody else may hold it.
@ApplicationScoped
class OwnErasure {

  private final People people;
  private final PasswordProof proof;
  private final Erasures erasures;
  private final Cookies cookies;
  private final InstantSource clock;
  private final Duration tokenAgeMax;

  OwnErasure(
      People people,
      PasswordProof proof,
      Erasures erasures,
      Cookies cookies,
      InstantSource clock,
      IdentityConfig config) {
    this.people = people;
    this.proof = proof;
    this.erasures = erasures;
    this.cookies = cookies;
    this.clock = clock;
    this.tokenAgeMax = config.identity().erasure().tokenAgeMax();
  }

  /// @param password as it was typed
  /// @param tokenFrom when the token was issued that the request came with
  Uni<Response> erase(
      UUID id, @Nullable String password, Instant tokenFrom, HttpServerRequest request) {
    return Panache.withSession(() -> people.findById(id))
        .chain(person -> erase(person, password, tokenFrom, request));
  }

  /// The receipt of this number; the item is null where there is none.
  Uni<Receipt> receipt(UUID number) {
    return erasures.numbered(number);
  }

  private Uni<Response> erase(
      @Nullable Person person,
      @Nullable String password,
      Instant tokenFrom,
      HttpServerRequest request) {
    if (person == null || person.erased()) {
      return refused(ErrorCode.UNAUTHENTICATED, "This account does not exist any more.");
    }
    if (person.bot()) {
      return refused(ErrorCode.FORBIDDEN, "A bot is erased by an admin.");
    }
    return person.passwordHash() == null
        ? byToken(person, tokenFrom)
        : byPassword(person, Objects.requireNonNullElse(password, ""), request);
  }

  private Uni<Response> byPassword(Person person, String password, HttpServerRequest request) {
    return proof
        .of(person, password, request)
        .chain(outcome ->
            switch (outcome) {
              case PasswordProof.Outcome.Right() -> erase(person);
              case PasswordProof.Outcome.Wrong() ->
                  refused(ErrorCode.CREDENTIALS_WRONG, "The password is wrong.");
              case PasswordProof.Outcome.Throttled(var retryAfterMillis) ->
                  Uni.createFrom().item(Problems.throttled(retryAfterMillis));
            });
  }

  private Uni<Response> byToken(Person person, Instant tokenFrom) {
    return tokenFrom.isAfter(clock.instant().minus(tokenAgeMax))
        ? erase(person)
        : refused(
            ErrorCode.FORBIDDEN,
            "Sign in again: without a password here, the token must not be older than "
                + tokenAgeMax.toMinutes()
                + " min.");
  }

  /// The browser is told to forget its cookies; without a session they are worth nothing.
  private Uni<Response> erase(Person person) {
    return erasures
        .erase(person.id(), person.id())
        .map(result ->
            result.answer(receipt -> {
              Response.ResponseBuilder answer = Response.fromResponse(receipt.answer());
              cookies.gone().forEach(gone -> answer.header(HttpHeaders.SET_COOKIE, gone));
              return answer.build();
            }));
  }

  private static Uni<Response> refused(ErrorCode code, String detail) {
    return Uni.createFrom().item(Problems.of(code, detail));
  }
}
