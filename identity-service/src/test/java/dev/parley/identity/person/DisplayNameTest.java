package dev.parley.identity.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"Ada Lovelace", "山田太郎", "Zoë 🐘", "👩‍👩‍👧"})
  void takesAnyScript(String name) {
    assertThat(DisplayName.parse(name)).isEqualTo(new DisplayName(name));
  }

  @Test
  void losesTheSpaceAtItsEnds() {
    assertThat(DisplayName.parse("  Ada ")).isEqualTo(new DisplayName("Ada"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\u0000b", "a\nb", "evil\u202Etxt", "\uD83D"})
  void refusesWhatCannotBeShownSafely(String name) {
    assertThat(DisplayName.parse(name)).isNull();
  }

  @Test
  void countsCharactersAndNotUnits() {
    assertThat(DisplayName.parse("🐘".repeat(64))).isNotNull();
    assertThat(DisplayName.parse("🐘".repeat(65))).isNull();
  }
}
