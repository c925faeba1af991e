package dev.parley.identity.operator;

import dev.parley.identity.person.PersonName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Gives each newcomer the wished name, or the first numbered one nobody has.
final class FreeNames {

  private FreeNames() {}

  /// @param taken whether somebody who is there already has this name
  static Map<UUID, PersonName> assign(List<Newcomer> newcomers, Predicate<PersonName> taken) {
    Set<PersonName> given = new HashSet<>();
    Map<UUID, PersonName> names = new LinkedHashMap<>();
    for (Newcomer newcomer : newcomers) {
      PersonName name = newcomer.name();
      for (int number = 2; taken.test(name) || !given.add(name); number++) {
        name = newcomer.name().numbered(number);
      }
      names.put(newcomer.id(), name);
    }
    return names;
  }
}
