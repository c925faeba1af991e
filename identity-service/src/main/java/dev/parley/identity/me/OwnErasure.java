package dev.parley.identity.me;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.erasure.Erasures;
import dev.parley.identity.erasure.Receipt;
import dev.parley.identity.password.PasswordHashing;
import dev.parley.identity.password.PasswordRule;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.problem.Result;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
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
  private final PasswordHashing hashing;
  private final Erasures erasures;
  private final InstantSource clock;
  private final Duration tokenAgeMax;

  OwnErasure(
      People people,
      PasswordHashing hashing,
      Erasures erasures,
      InstantSource clock,
      IdentityConfig config) {
    this.people = people;
    this.hashing = hashing;
    this.erasures = erasures;
    this.clock = clock;
    this.tokenAgeMax = config.identity().erasure().tokenAgeMax();
  }

  /// @param password as it was typed
  /// @param tokenFrom when the token was issued that the request came with
  Uni<Result<Receipt>> erase(UUID id, @Nullable String password, Instant tokenFrom) {
    return Panache.withSession(() -> people.findById(id))
        .chain(person -> erase(person, password, tokenFrom));
  }

  /// The receipt of this number; the item is null where there is none.
  Uni<Receipt> receipt(UUID number) {
    return erasures.numbered(number);
  }

  private Uni<Result<Receipt>> erase(
      @Nullable Person person, @Nullable String password, Instant tokenFrom) {
    if (person == null || person.erased()) {
      return Result.refused(ErrorCode.UNAUTHENTICATED, "This account does not exist any more.");
    }
    if (person.bot()) {
      return Result.refused(ErrorCode.FORBIDDEN, "A bot is erased by an admin.");
    }
    return person.passwordHash() == null
        ? byToken(person, tokenFrom)
        : byPassword(person, Objects.requireNonNullElse(password, ""));
  }

  private Uni<Result<Receipt>> byPassword(Person person, String password) {
    boolean possible = PasswordRule.isPossible(password);
    return hashing
        .matches(possible ? password : "", possible ? person.passwordHash() : null)
        .chain(matches ->
            matches
                ? erasures.erase(person.id(), person.id())
                : Result.refused(ErrorCode.CREDENTIALS_WRONG, "The password is wrong."));
  }

  private Uni<Result<Receipt>> byToken(Person person, Instant tokenFrom) {
    return tokenFrom.isAfter(clock.instant().minus(tokenAgeMax))
        ? erasures.erase(person.id(), person.id())
        : Result.refused(
            ErrorCode.FORBIDDEN,
            "Sign in again: without a password here, the token must not be older than "
                + tokenAgeMax.toMinutes()
                + " min.");
  }
}
