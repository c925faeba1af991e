package dev.parley.identity.account;

import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.password.PasswordHashing;
import dev.parley.identity.password.PasswordRule;
import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.person.PersonName;
import dev.parley.identity.session.Sessions;
import dev.parley.identity.session.Sessions.Grant;
import dev.parley.identity.session.Sessions.Rotation;
import dev.parley.identity.signing.AccessTokens;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The three ways in. Passwords are hashed outside of any transaction, so that nobody holds a
/// connection while waiting for the hashing pool.
@ApplicationScoped
class Accounts {

  private static final Logger LOG = Logger.getLogger(Accounts.class);

  private final People people;
  private final Sessions sessions;
  private final PasswordHashing hashing;
  private final AccessTokens tokens;
  private final Outbox outbox;
  private final MasterKey masterKey;
  private final InstantSource clock;

  Accounts(
      People people,
      Sessions sessions,
      PasswordHashing hashing,
      AccessTokens tokens,
      Outbox outbox,
      MasterKey masterKey,
      InstantSource clock) {
    this.people = people;
    this.sessions = sessions;
    this.hashing = hashing;
    this.tokens = tokens;
    this.outbox = outbox;
    this.masterKey = masterKey;
    this.clock = clock;
  }

  Uni<Entry> register(
      @Nullable String rawName, @Nullable String password, @Nullable String rawDisplayName) {
    PersonName name = PersonName.parse(rawName);
    if (name == null) {
      return refused(ErrorCode.INVALID, "name: " + PersonName.RULE);
    }
    DisplayName displayName =
        DisplayName.parse(rawDisplayName == null ? name.value() : rawDisplayName);
    if (displayName == null) {
      return refused(ErrorCode.INVALID, "display_name: " + DisplayName.RULE);
    }
    String objection = PasswordRule.refusal(password, name);
    if (password == null || objection != null) {
      return refused(ErrorCode.INVALID, "password: " + objection);
    }
    return register(name, displayName, password);
  }

  /// The answer is one and the same for a name nobody has, one without a password, and a wrong
  /// password; so is the work.
  Uni<Entry> login(@Nullable String rawName, @Nullable String password) {
    PersonName name = PersonName.parse(rawName);
    Uni<Person> found =
        name == null ? Uni.createFrom().nullItem() : Panache.withSession(() -> people.named(name));
    return found.chain(person -> login(person, Objects.requireNonNullElse(password, "")));
  }

  Uni<Entry> refresh(String refreshToken) {
    return Panache.withTransaction(() -> sessions.rotate(refreshToken).chain(this::refreshed));
  }

  private Uni<Entry> register(PersonName name, DisplayName displayName, String password) {
    return Panache.withSession(() -> people.named(name))
        .chain(holder ->
            holder != null
                ? taken(name)
                : hashing.hash(password).chain(hash -> store(newPerson(name, displayName, hash))));
  }

  private Uni<Entry> store(Person person) {
    return Panache.withTransaction(() ->
            people
                .persistAndFlush(person)
                .chain(() -> outbox.append(person.profile()))
                .chain(() -> sessions.start(person.id())))
        .invoke(outbox::wake)
        .map(grant -> signedIn(person, grant))
        .invoke(() -> LOG.infof("registered person=%s", person.id()))
        // Somebody took the name since it was looked for.
        .onFailure(ConstraintViolationException.class)
        .recoverWithUni(() -> taken(new PersonName(person.publicly().name())));
  }

  private Uni<Entry> login(@Nullable Person person, String password) {
    boolean possible = PasswordRule.isPossible(password);
    String hash = person == null || person.erased() || !possible ? null : person.passwordHash();
    return hashing
        .matches(possible ? password : "", hash)
        .chain(matches ->
            matches && person != null
                ? Panache.withTransaction(() -> sessions.start(person.id()))
                    .map(grant -> signedIn(person, grant))
                : refused(ErrorCode.CREDENTIALS_WRONG, "The name or the password is wrong."));
  }

  private Uni<Entry> refreshed(Rotation rotation) {
    return switch (rotation) {
      case Rotation.Rotated(var grant) ->
          people
              .findById(grant.person())
              .chain(person ->
                  person == null || person.erased()
                      ? ended()
                      : Uni.createFrom().item(signedIn(person, grant)));
      case Rotation.Refused() -> ended();
    };
  }

  private Person newPerson(PersonName name, DisplayName displayName, String passwordHash) {
    UUID id = Ids.uuid7();
    return new Person(
        id,
        name,
        displayName,
        passwordHash,
        masterKey.wrap(id, ContentKey.random()),
        clock.millis());
  }

  private Entry signedIn(Person person, Grant grant) {
    return new Entry.SignedIn(
        person.publicly(), tokens.issue(person.id(), grant.session()), grant.refreshToken());
  }

  private static Uni<Entry> taken(PersonName name) {
    return refused(ErrorCode.NAME_TAKEN, "The name " + name.value() + " belongs to somebody else.");
  }

  private static Uni<Entry> ended() {
    return refused(
        ErrorCode.UNAUTHENTICATED, "The refresh token is not valid any more: log in again.");
  }

  private static Uni<Entry> refused(ErrorCode code, String detail) {
    return Uni.createFrom().item(new Entry.Refused(code, detail));
  }
}
