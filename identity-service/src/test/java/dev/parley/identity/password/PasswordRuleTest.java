package dev.parley.identity.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.person.PersonName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

  private static final PersonName ADA = new PersonName("ada.lovelace");

  @ParameterizedTest
  @ValueSource(strings = {"correct horse 9", "пароль из слов", "tr0ub4dor&3x"})
  void takesWhatIsLongEnough(String password) {
    assertThat(PasswordRule.refusal(password, ADA)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "ninechars"})
  void refusesWhatIsTooShort(String password) {
    assertThat(PasswordRule.refusal(password, ADA)).contains("at least 10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"password123", "PassWord123", "1234567890", "aaaaaaaaaaaa", "ada.lovelace"})
  void refusesWhatIsTriedFirst(String password) {
    assertThat(PasswordRule.refusal(password, ADA)).contains("first that are tried");
  }

  @Test
  void refusesWhatIsTooLongToHash() {
    assertThat(PasswordRule.refusal("ab c".repeat(65), ADA)).contains("at most 256");
  }
}
