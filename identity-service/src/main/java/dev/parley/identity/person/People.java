package dev.parley.identity.person;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Finds people; runs in the caller's session.
@ApplicationScoped
public class People implements PanacheRepositoryBase<Person, UUID> {

  /// The person of this name, erased or not; the item is null where there is none.
  public Uni<Person> named(PersonName name) {
    return find("name", name.value()).firstResult();
  }

  /// Those of these ids who exist and were not erased.
  Uni<List<Person>> withIds(Collection<UUID> ids) {
    return list("id in ?1 and not erased", Sort.by("name"), ids);
  }

  /// The first people, by name, whose name starts so. A range instead of `like`: it needs no
  /// escapes ('_' is common in names), and '~' sorts after every character of a name.
  Uni<List<Person>> startingWith(String prefix, int limit) {
    return find("name >= ?1 and name < ?2 and not erased", Sort.by("name"), prefix, prefix + "~")
        .page(0, limit)
        .list();
  }
}
