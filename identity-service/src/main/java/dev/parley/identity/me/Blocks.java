package dev.parley.identity.me;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.person.PublicPerson;
import dev.parley.identity.problem.Result;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whom a person wants nothing of. The topic of people tells every door, which refuses what the
/// blocked one sends to this person.
@ApplicationScoped
class Blocks {

  private final People people;
  private final Outbox outbox;
  private final int max;

  Blocks(People people, Outbox outbox, IdentityConfig config) {
    this.people = people;
    this.outbox = outbox;
    this.max = config.identity().blocksMax();
  }

  /// In the order of blocking, without those who were erased.
  Uni<List<PublicPerson>> of(UUID person) {
    return Panache.withSession(() ->
        people
            .findById(person)
            .chain(found ->
                isGone(found)
                    ? Uni.createFrom().item(List.of())
                    : people.withIds(found.blocked()).map(known -> ordered(known, found))));
  }

  Uni<Result<UUID>> block(UUID person, UUID other) {
    if (person.equals(other)) {
      return Result.refused(ErrorCode.INVALID, "Nobody can block themselves.");
    }
    return Panache.withTransaction(() ->
            people
                .findById(other)
                .chain(found ->
                    isGone(found)
                        ? Result.<UUID>refused(ErrorCode.NOT_FOUND, "There is no such person.")
                        : people.locked(person).chain(own -> block(own, other))))
        .invoke(outbox::wake);
  }

  /// Done as well where nobody was blocked.
  Uni<Result<UUID>> unblock(UUID person, UUID other) {
    return Panache.withTransaction(() -> people.locked(person).chain(own -> unblock(own, other)))
        .invoke(outbox::wake);
  }

  private Uni<Result<UUID>> block(@Nullable Person own, UUID other) {
    if (own == null || own.erased()) {
      return gone();
    }
    if (own.blocked().contains(other)) {
      return Result.done(other);
    }
    if (own.blocked().size() >= max) {
      return Result.refused(ErrorCode.LIMIT_REACHED, "A person blocks at most " + max + " others.");
    }
    own.block(other);
    return outbox.append(own.profile()).chain(() -> Result.done(other));
  }

  private Uni<Result<UUID>> unblock(@Nullable Person own, UUID other) {
    if (own == null || own.erased()) {
      return gone();
    }
    if (!own.blocked().contains(other)) {
      return Result.done(other);
    }
    own.unblock(other);
    return outbox.append(own.profile()).chain(() -> Result.done(other));
  }

  private static List<PublicPerson> ordered(List<Person> known, Person person) {
    List<UUID> order = person.blocked();
    List<Person> sorted = new ArrayList<>(known);
    sorted.sort(Comparator.comparingInt(one -> order.indexOf(one.id())));
    return sorted.stream().map(Person::publicly).toList();
  }

  private static boolean isGone(@Nullable Person person) {
    return person == null || person.erased();
  }

  private static Uni<Result<UUID>> gone() {
    return Result.refused(ErrorCode.UNAUTHENTICATED, "This account does not exist any more.");
  }
}
