package dev.parley.identity.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.PersonName;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FreeNamesTest {

  @Test
  void givesTheWishedNameWhereNobodyHasIt() {
    List<Newcomer> newcomers = List.of(newcomer("ada"), newcomer("bob"));

    assertThat(names(newcomers, Set.of())).containsExactly("ada", "bob");
  }

  @Test
  void numbersThoseWhoComeLater() {
    List<Newcomer> newcomers = List.of(newcomer("ada"), newcomer("ada"), newcomer("ada-2"));

    assertThat(names(newcomers, Set.of())).containsExactly("ada", "ada-2", "ada-2-2");
  }

  @Test
  void skipsNumbersThatAreTaken() {
    assertThat(names(List.of(newcomer("ada")), Set.of("ada", "ada-2"))).containsExactly("ada-3");
  }

  private static List<String> names(List<Newcomer> newcomers, Set<String> taken) {
    return FreeNames.assign(newcomers, name -> taken.contains(name.value())).values().stream()
        .map(PersonName::value)
        .toList();
  }

  private static Newcomer newcomer(String name) {
    return new Newcomer(UUID.randomUUID(), new PersonName(name), new DisplayName(name));
  }
}
