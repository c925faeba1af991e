package dev.parley.identity.admin;

import dev.parley.identity.audit.Act;
import dev.parley.identity.audit.Audit;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.problem.Result;
import dev.parley.identity.session.Revocations;
import dev.parley.identity.session.Sessions;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Changes people as an admin. What is already as it is wished is no change, and no act.
@ApplicationScoped
class PeopleAdmin {

  private final People people;
  private final Sessions sessions;
  private final Revocations revocations;
  private final Outbox outbox;
  private final Audit audit;

  PeopleAdmin(
      People people, Sessions sessions, Revocations revocations, Outbox outbox, Audit audit) {
    this.people = people;
    this.sessions = sessions;
    this.revocations = revocations;
    this.outbox = outbox;
    this.audit = audit;
  }

  /// @param suspended null: as it is; so the others
  record Wishes(
      @Nullable Boolean suspended, @Nullable Boolean admin, @Nullable DisplayName displayName) {}

  /// All of it or nothing.
  Uni<Result<AdminPerson>> change(UUID by, UUID id, Wishes wishes) {
    return Panache.withTransaction(
            () -> people.locked(id).chain(person -> change(by, person, wishes)))
        .invoke(outbox::wake);
  }

  private Uni<Result<AdminPerson>> change(UUID by, @Nullable Person person, Wishes wishes) {
    if (person == null || person.erased()) {
      return Result.refused(ErrorCode.NOT_FOUND, "There is no such person.");
    }
    return leavesNoAdmin(person, wishes)
        .chain(none ->
            none
                ? Result.refused(ErrorCode.LAST_ADMIN, "This is the last admin of the deployment.")
                : apply(by, person, wishes));
  }

  private Uni<Boolean> leavesNoAdmin(Person person, Wishes wishes) {
    boolean goes = Boolean.FALSE.equals(wishes.admin()) || Boolean.TRUE.equals(wishes.suspended());
    return goes && person.admin()
        ? people.adminsBeside(person.id()).map(others -> others == 0)
        : Uni.createFrom().item(false);
  }

  private Uni<Result<AdminPerson>> apply(UUID by, Person person, Wishes wishes) {
    return suspended(by, person, wishes.suspended())
        .chain(() -> admin(by, person, wishes.admin()))
        .chain(() -> renamed(by, person, wishes.displayName()))
        .chain(() -> Result.done(AdminPerson.of(person)));
  }

  private Uni<Void> suspended(UUID by, Person person, @Nullable Boolean wish) {
    if (wish == null || wish == person.suspended()) {
      return Uni.createFrom().voidItem();
    }
    if (wish) {
      person.suspend();
      return outbox
          .append(person.profile())
          .chain(() -> sessions.endAll(person.id()))
          .chain(() -> audit.write(by, Act.USER_SUSPENDED, person.id(), ""));
    }
    person.restore();
    return outbox
        .append(person.profile())
        .chain(() -> audit.write(by, Act.USER_RESTORED, person.id(), ""));
  }

  /// Tokens say who is an admin, so those of somebody who is none any more are void; they refresh.
  private Uni<Void> admin(UUID by, Person person, @Nullable Boolean wish) {
    if (wish == null || wish == person.admin()) {
      return Uni.createFrom().voidItem();
    }
    if (wish) {
      person.makeAdmin();
      return audit.write(by, Act.ADMIN_MADE, person.id(), "");
    }
    person.takeAdmin();
    return revocations
        .ofPerson(person.id())
        .chain(() -> audit.write(by, Act.ADMIN_TAKEN, person.id(), ""));
  }

  private Uni<Void> renamed(UUID by, Person person, @Nullable DisplayName wish) {
    if (wish == null || wish.value().equals(person.displayName())) {
      return Uni.createFrom().voidItem();
    }
    person.rename(wish);
    return outbox
        .append(person.profile())
        .chain(() -> audit.write(by, Act.USER_RENAMED, person.id(), ""));
  }
}
