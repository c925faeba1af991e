package dev.parley.stack.slack.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParleyNamesTest {

  @ParameterizedTest
  @CsvSource({
    "ada_a0, ada_a0",
    "Zoë Ångström, zoe_angstrom",
    "a, slack-u1",
    "山田, slack-u1",
    "' (bot) ', bot",
    "x@example.org, x_example.org",
  })
  void namesFollowTheRule(String slack, String name) {
    assertThat(ParleyNames.name(slack, "U1")).isEqualTo(name).matches("[a-z0-9_.-]{2,32}");
  }

  @Test
  void longNamesAreCut() {
    assertThat(ParleyNames.name("n".repeat(80), "U1")).hasSize(32);
    assertThat(ParleyNames.displayName("🐘".repeat(80), "x")).isEqualTo("🐘".repeat(64));
  }

  @Test
  void displayNamesLoseWhatCannotBeShown() {
    assertThat(ParleyNames.displayName(" Zoe\u0308\u0000\u202E ", "zoe")).isEqualTo("Zoë");
    assertThat(ParleyNames.displayName("\n", "zoe")).isEqualTo("zoe");
  }
}
