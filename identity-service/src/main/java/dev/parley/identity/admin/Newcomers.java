package dev.parley.identity.admin;

import dev.parley.identity.audit.Act;
import dev.parley.identity.audit.Audit;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.password.PasswordHashing;
import dev.parley.identity.password.PasswordRule;
import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.person.PersonName;
import dev.parley.identity.problem.Result;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// Accounts and bots that an admin makes.
@ApplicationScoped
class Newcomers {

  private final People people;
  private final PasswordHashing hashing;
  private final Outbox outbox;
  private final Audit audit;
  private final MasterKey masterKey;
  private final InstantSource clock;

  Newcomers(
      People people,
      PasswordHashing hashing,
      Outbox outbox,
      Audit audit,
      MasterKey masterKey,
      InstantSource clock) {
    this.people = people;
    this.hashing = hashing;
    this.outbox = outbox;
    this.audit = audit;
    this.masterKey = masterKey;
    this.clock = clock;
  }

  /// @param displayName null: the name
  /// @param password null: they cannot log in with one
  Uni<Result<AdminPerson>> account(
      UUID admin, @Nullable String name, @Nullable String displayName, @Nullable String password) {
    PersonName parsed = PersonName.parse(name);
    if (parsed != null && password != null) {
      String objection = PasswordRule.refusal(password, parsed);
      return objection == null
          ? hashing
              .hash(password)
              .chain(hash -> add(admin, Act.USER_CREATED, parsed, displayName, hash))
          : Result.refused(ErrorCode.INVALID, "password: " + objection);
    }
    return add(admin, Act.USER_CREATED, parsed, displayName, null);
  }

  Uni<Result<AdminPerson>> bot(UUID admin, @Nullable String name, @Nullable String displayName) {
    return add(admin, Act.BOT_CREATED, PersonName.parse(name), displayName, null);
  }

  private Uni<Result<AdminPerson>> add(
      UUID admin,
      Act act,
      @Nullable PersonName name,
      @Nullable String rawDisplayName,
      @Nullable String passwordHash) {
    if (name == null) {
      return Result.refused(ErrorCode.INVALID, "name: " + PersonName.RULE);
    }
    DisplayName displayName =
        DisplayName.parse(rawDisplayName == null ? name.value() : rawDisplayName);
    if (displayName == null) {
      return Result.refused(ErrorCode.INVALID, "display_name: " + DisplayName.RULE);
    }
    UUID id = Ids.uuid7();
    Person person =
        new Person(
            id,
            name,
            displayName,
            passwordHash,
            masterKey.wrap(id, ContentKey.random()),
            clock.millis());
    return store(admin, act, act == Act.BOT_CREATED ? person.asBot() : person);
  }

  private Uni<Result<AdminPerson>> store(UUID admin, Act act, Person person) {
    return Panache.withTransaction(() ->
            people
                .persistAndFlush(person)
                .chain(() -> outbox.append(person.profile()))
                .chain(() -> audit.write(admin, act, person.id(), "")))
        .invoke(outbox::wake)
        .chain(() -> Result.done(AdminPerson.of(person)))
        .onFailure(ConstraintViolationException.class)
        .recoverWithUni(() ->
            Result.refused(
                ErrorCode.NAME_TAKEN, "The name " + person.name() + " belongs to somebody else."));
  }
}
