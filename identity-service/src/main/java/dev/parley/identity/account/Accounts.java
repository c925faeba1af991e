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
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The ways in, and changing the key to one. Passwords are hashed outside of any transaction, so
/// that nobody holds a connection while waiting for the hashing pool.
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
  private final LoginThrottle throttle;

  Accounts(
      People people,
      Sessions sessions,
      PasswordHashing hashing,
      AccessTokens tokens,
      Outbox outbox,
      MasterKey masterKey,
      InstantSource clock,
      LoginThrottle throttle) {
    this.people = people;
    this.sessions = sessions;
    this.hashing = hashing;
    this.tokens = tokens;
    this.outbox = outbox;
    this.masterKey = masterKey;
    this.clock = clock;
    this.throttle = throttle;
  }

  Uni<Entry> register(
      @Nullable String rawName,
      @Nullable String password,
      @Nullable String rawDisplayName,
      Client client) {
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
    return throttle
        .registration(client)
        .chain(
            wait -> wait != null ? throttled(wait) : register(name, displayName, password, client));
  }

  /// The answer is one and the same for a name nobody has, one without a password, one whose person
  /// may not enter, and a wrong password; so is the work. So is the answer to too many attempts.
  Uni<Entry> login(@Nullable String rawName, @Nullable String password, Client client) {
    String wanted = Objects.requireNonNullElse(rawName, "");
    return throttle
        .attempt(wanted, client)
        .chain(wait ->
            wait != null
                ? throttled(wait)
                : named(wanted)
                    .chain(
                        person -> login(person, Objects.requireNonNullElse(password, ""), client)));
  }

  Uni<Entry> refresh(String refreshToken) {
    return Panache.withTransaction(() -> sessions.rotate(refreshToken).chain(this::refreshed))
        .invoke(outbox::wake);
  }

  /// @param session the one that goes on; all others of the person end
  Uni<PasswordChange> changePassword(
      UUID person,
      @Nullable UUID session,
      @Nullable String current,
      @Nullable String next,
      Client client) {
    return Panache.withSession(() -> people.findById(person))
        .chain(found ->
            found == null || !found.mayEnter()
                ? notChanged(ErrorCode.UNAUTHENTICATED, "This account does not exist any more.")
                : changePassword(
                    found, session, Objects.requireNonNullElse(current, ""), next, client));
  }

  private Uni<PasswordChange> changePassword(
      Person person, @Nullable UUID session, String current, @Nullable String next, Client client) {
    PersonName name = new PersonName(person.publicly().name());
    String objection = PasswordRule.refusal(next, name);
    if (next == null || objection != null) {
      return notChanged(ErrorCode.INVALID, "password: " + objection);
    }
    return throttle
        .attempt(name.value(), client)
        .chain(wait ->
            wait != null
                ? Uni.createFrom().item(new PasswordChange.Throttled(wait))
                : proves(person, current)
                    .chain(proved ->
                        proved
                            ? hashing
                                .hash(next)
                                .chain(hash -> store(person, hash, session))
                                .invoke(() -> throttle.wasRight(name.value(), client))
                            : notChanged(
                                ErrorCode.CREDENTIALS_WRONG, "current: not your password.")));
  }

  private Uni<PasswordChange> store(Person proved, String hash, @Nullable UUID session) {
    return Panache.withTransaction(() ->
            still(proved)
                .chain(person -> {
                  if (person == null) {
                    return notChanged(
                        ErrorCode.CREDENTIALS_WRONG, "The password was changed in the meantime.");
                  }
                  person.changePassword(hash);
                  return sessions
                      .endOthers(person.id(), session)
                      .invoke(ended ->
                          LOG.infof(
                              "password changed person=%s sessions_ended=%d", person.id(), ended))
                      .replaceWith(new PasswordChange.Changed());
                }))
        .invoke(outbox::wake);
  }

  private Uni<Person> named(String rawName) {
    PersonName name = PersonName.parse(rawName);
    return name == null
        ? Uni.createFrom().nullItem()
        : Panache.withSession(() -> people.named(name));
  }

  private Uni<Entry> register(
      PersonName name, DisplayName displayName, String password, Client client) {
    return Panache.withSession(() -> people.named(name))
        .chain(holder ->
            holder != null
                ? taken(name)
                : hashing
                    .hash(password)
                    .chain(hash -> store(newPerson(name, displayName, hash), client)));
  }

  private Uni<Entry> store(Person person, Client client) {
    return Panache.withTransaction(() ->
            people
                .persistAndFlush(person)
                .chain(() -> outbox.append(person.profile()))
                .chain(() -> sessions.start(person.id(), client.label())))
        .invoke(outbox::wake)
        .map(grant -> signedIn(person, grant))
        .invoke(() -> LOG.infof("registered person=%s", person.id()))
        // Somebody took the name since it was looked for.
        .onFailure(ConstraintViolationException.class)
        .recoverWithUni(() -> taken(new PersonName(person.publicly().name())));
  }

  private Uni<Entry> login(@Nullable Person person, String password, Client client) {
    return proves(person, password)
        .chain(proved ->
            proved && person != null
                ? enter(person, password, client)
                    .invoke(() -> throttle.wasRight(person.publicly().name(), client))
                : wrong());
  }

  /// Whether this is the password of somebody who may enter. Costs one hash, whatever the answer.
  private Uni<Boolean> proves(@Nullable Person person, String password) {
    boolean possible = PasswordRule.isPossible(password);
    String hash = person == null || !person.mayEnter() || !possible ? null : person.passwordHash();
    return hashing.matches(possible ? password : "", hash);
  }

  /// Hashed anew first, where the cost was raised since: only now is the password known.
  private Uni<Entry> enter(Person proved, String password, Client client) {
    String hash = proved.passwordHash();
    Uni<String> anew =
        hash != null && hashing.isOutdated(hash)
            ? hashing.hash(password)
            : Uni.createFrom().nullItem();
    return anew.chain(newHash ->
            Panache.withTransaction(() ->
                still(proved)
                    .chain(person -> person == null ? wrong() : entered(person, newHash, client))))
        .invoke(outbox::wake);
  }

  private Uni<Entry> entered(Person person, @Nullable String newHash, Client client) {
    if (newHash != null) {
      person.changePassword(newHash);
    }
    return sessions.start(person.id(), client.label()).map(grant -> signedIn(person, grant));
  }

  /// The person, held until the transaction ends, if what was proved before it still holds: a
  /// password that was changed in the meantime opens nothing, and who changes one ends the sessions
  /// that were opened with the old one. The item is null where it does not.
  private Uni<Person> still(Person proved) {
    return people
        .findById(proved.id(), LockModeType.PESSIMISTIC_WRITE)
        .map(person ->
            person != null
                    && person.mayEnter()
                    && Objects.equals(person.passwordHash(), proved.passwordHash())
                ? person
                : null);
  }

  private Uni<Entry> refreshed(Rotation rotation) {
    return switch (rotation) {
      case Rotation.Rotated(var grant) ->
          people
              .findById(grant.person())
              .chain(person ->
                  person == null || !person.mayEnter()
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
        person.publicly(),
        tokens.issue(person.id(), grant.session(), person.admin()),
        grant.refreshToken());
  }

  private static Uni<Entry> wrong() {
    return refused(ErrorCode.CREDENTIALS_WRONG, "The name or the password is wrong.");
  }

  private static Uni<Entry> throttled(long retryAfterMillis) {
    return Uni.createFrom().item(new Entry.Throttled(retryAfterMillis));
  }

  private static Uni<PasswordChange> notChanged(ErrorCode code, String detail) {
    return Uni.createFrom().item(new PasswordChange.Refused(code, detail));
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
