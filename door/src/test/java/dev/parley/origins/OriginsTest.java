package dev.parley.origins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

  private final Origins origins =
      new Origins(List.of("https://chat.example", "http://localhost:3000"));

  @Test
  void listedOriginsAreAllowedHoweverTheyAreSpelled() {
    assertThat(origins.allows("https://chat.example", "other")).isTrue();
    assertThat(origins.allows("HTTPS://Chat.Example:443", "other")).isTrue();
    assertThat(origins.allows("http://localhost:3000", null)).isTrue();
  }

  @Test
  void theOwnHostIsAllowedWithoutBeingListed() {
    var none = new Origins(List.of());
    assertThat(none.allows("http://127.0.0.1:8080", "127.0.0.1:8080")).isTrue();
    assertThat(none.allows("https://own.example", "own.example")).isTrue();
    assertThat(none.allows("https://own.example", "OWN.example:443")).isTrue();
    assertThat(none.allows("https://own.example", "own.example:8443")).isFalse();
    assertThat(none.allows("https://own.example.evil", "own.example")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "*",
        "https://",
        "https://evil.example",
        "https://chat.example.evil",
        "http://chat.example",
        "https://chat.example:444",
        "https://chat.example/",
        "https://chat.example@evil.example",
        "https://evil.example#chat.example",
        "file://chat.example",
        "chat.example",
        "https://chat.example, https://evil.example"
      })
  void nothingElseIs(String origin) {
    assertThat(origins.allows(origin, "own.example")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "null", "chat.example", "https://chat.example/page", "https://*.example"})
  void aListThatNamesNoOriginIsRefusedAtTheStart(String origin) {
    assertThatThrownBy(() -> new Origins(List.of(origin)))
        .hasMessageContaining("parley.door.origins");
  }
}
