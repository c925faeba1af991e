package dev.parley.identity.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"ab", "ada.lovelace", "x_1-2", "0123456789abcdefghijklmnopqrstuv"})
  void takesWhatTheRuleAllows(String name) {
    assertThat(PersonName.parse(name)).isEqualTo(new PersonName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "Ada",
        "ada lovelace",
        "ädä",
        "a/b",
        "ada\n",
        "0123456789abcdefghijklmnopqrstuvw"
      })
  void refusesEverythingElse(String name) {
    assertThat(PersonName.parse(name)).isNull();
  }

  @Test
  void staysWithinItsLengthWhenNumbered() {
    PersonName longest = new PersonName("a".repeat(32));

    assertThat(new PersonName("ada").numbered(2).value()).isEqualTo("ada-2");
    assertThat(longest.numbered(1000).value()).isEqualTo("a".repeat(27) + "-1000");
  }
}
