package dev.parley.identity.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.person.PersonName;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignNamesTest {

  private static final UUID ID = UUID.fromString("01a1fddf-29ed-8120-ad01-c65966abbcb0");

  @ParameterizedTest
  @CsvSource({
    "ada, ada",
    "Ada.Lovelace@example.org, ada.lovelace",
    "Zoë Müller, zoe-muller",
    "'  --weird!!name-- ', weird-name",
    "x, user-66abbcb0",
    "山田太郎, user-66abbcb0",
    "'', user-66abbcb0",
    "0123456789012345678901234567890123456789, 01234567890123456789012345678901",
  })
  void makesANameOfWhatAnotherSystemCallsSomebody(String raw, String name) {
    assertThat(ForeignNames.name(raw, ID)).isEqualTo(new PersonName(name));
  }

  @Test
  void dropsWhatADisplayNameMayNotHave() {
    PersonName ada = new PersonName("ada");

    assertThat(ForeignNames.displayName("Ada\u202E Love\nlace \uD83D", ada).value())
        .isEqualTo("Ada Love lace");
    assertThat(ForeignNames.displayName("🐘".repeat(70), ada).value()).isEqualTo("🐘".repeat(64));
    assertThat(ForeignNames.displayName("\u0000", ada).value()).isEqualTo("ada");
    assertThat(ForeignNames.displayName(null, ada).value()).isEqualTo("ada");
  }
}
