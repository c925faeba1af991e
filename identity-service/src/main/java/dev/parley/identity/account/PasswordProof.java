package dev.parley.identity.account;

import dev.parley.identity.password.PasswordHashing;
import dev.parley.identity.password.PasswordRule;
import dev.parley.identity.person.Person;
import dev.parley.rates.SharedRates;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Asks somebody who is signed in for their password once more. Counts as an attempt to log in: a
/// stolen token is no way to try passwords.
@ApplicationScoped
public class PasswordProof {

  private final PasswordHashing hashing;
  private final LoginThrottle throttle;
  private final SharedRates rates;

  PasswordProof(PasswordHashing hashing, LoginThrottle throttle, SharedRates rates) {
    this.hashing = hashing;
    this.throttle = throttle;
    this.rates = rates;
  }

  public sealed interface Outcome {
    record Right() implements Outcome {}

    record Wrong() implements Outcome {}

    /// Too many attempts, be this one right or wrong.
    record Throttled(long retryAfterMillis) implements Outcome {}
  }

  public Uni<Outcome> of(Person person, String password, HttpServerRequest request) {
    Client client = Client.of(request, rates);
    return throttle
        .attempt(person.name(), client)
        .chain(wait ->
            wait == null
                ? compare(person, password, client)
                : Uni.createFrom().item(new Outcome.Throttled(wait)));
  }

  private Uni<Outcome> compare(Person person, String password, Client client) {
    boolean possible = PasswordRule.isPossible(password);
    @Nullable String hash = possible ? person.passwordHash() : null;
    return hashing
        .matches(possible ? password : "", hash)
        .map(matches -> {
          if (!matches) {
            return new Outcome.Wrong();
          }
          throttle.wasRight(person.name(), client);
          return new Outcome.Right();
        });
  }
}
