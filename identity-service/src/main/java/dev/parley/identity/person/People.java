package dev.parley.identity.person;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds people; runs in the caller's session.
@ApplicationScoped
public class People implements PanacheRepositoryBase<Person, UUID> {

  /// Nobody's id.
  private static final UUID SMALLEST = new UUID(0, 0);

  /// Any number that no other advisory lock of this database uses.
  private static final long ADMINS_LOCK = 0x7061_726c_6579_0004L;

  /// The person of this name, erased or not; the item is null where there is none.
  public Uni<Person> named(PersonName name) {
    return find("name", name.value()).firstResult();
  }

  /// The person of this id, erased or not, locked until the transaction ends; the item is null
  /// where there is none.
  public Uni<Person> locked(UUID id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /// Those of these ids who exist and were not erased.
  public Uni<List<Person>> withIds(Collection<UUID> ids) {
    return list("id in ?1 and not erased", Sort.by("name"), ids);
  }

  /// The first people, by name, whose name starts so. A range instead of `like`: it needs no
  /// escapes ('_' is common in names), and '~' sorts after every character of a name.
  public Uni<List<Person>> startingWith(String prefix, int limit) {
    return find("name >= ?1 and name < ?2 and not erased", Sort.by("name"), prefix, prefix + "~")
        .page(Page.ofSize(limit))
        .list();
  }

  /// As [#startingWith], with those who were erased, and after a name: a person who keeps their
  /// name is met once, whoever comes and goes meanwhile.
  public Uni<List<Person>> listed(String prefix, String after, int limit) {
    return find(
            "name >= ?1 and name < ?2 and name > ?3", Sort.by("name"), prefix, prefix + "~", after)
        .page(Page.ofSize(limit))
        .list();
  }

  /// Which of these names somebody has.
  public Uni<List<String>> taken(Collection<PersonName> names) {
    List<String> values = names.stream().map(PersonName::value).toList();
    return Panache.getSession()
        .chain(db ->
            db.createQuery("select name from Person where name in :names", String.class)
                .setParameter("names", values)
                .getResultList());
  }

  /// People who have a content key, in the order of their ids after this one, locked until the
  /// transaction ends.
  ///
  /// @param after null: from the first
  public Uni<List<Person>> lockedWithKey(@Nullable UUID after, int limit) {
    UUID from = Objects.requireNonNullElse(after, SMALLEST);
    return find("wrappedKey is not null and id > ?1", Sort.by("id"), from)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .page(Page.ofSize(limit))
        .list();
  }

  /// How many people are admins who can act, without this person and without bots. Until the
  /// transaction ends nobody else counts them: two admins do not take away each other's office at
  /// once.
  public Uni<Long> adminsBeside(UUID person) {
    return Panache.getSession()
        .chain(db ->
            db.createNativeQuery("select pg_advisory_xact_lock(:lock)", Object.class)
                .setParameter("lock", ADMINS_LOCK)
                .getResultList())
        .chain(
            () -> count("admin and not bot and not suspended and not erased and id <> ?1", person));
  }
}
