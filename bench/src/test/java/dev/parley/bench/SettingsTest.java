package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final Path OUT = Path.of("out.json");

  @Test
  void withoutFlagsTheLoadIsTheOneToAimAt() {
    var settings = read();

    assertThat(settings.sockets()).isEqualTo(200);
    assertThat(settings.ratePerSecond()).isEqualTo(500);
    assertThat(settings.run()).isEqualByComparingTo(java.time.Duration.ofMinutes(1));
    assertThat(settings.edges()).containsExactly(URI.create("ws://127.0.0.1:8080/ws"));
    assertThat(settings.out()).isEqualTo(OUT);
  }

  @Test
  void edgesMayBeNamed() {
    var settings = read("--edges", "ws://a/ws,ws://b/ws");

    assertThat(settings.edges()).containsExactly(URI.create("ws://a/ws"), URI.create("ws://b/ws"));
  }

  @Test
  void aMistakeIsNamed() {
    assertThatThrownBy(() -> read("--speed", "1")).hasMessageContaining("--speed");
    assertThatThrownBy(() -> read("--rate", "fast")).hasMessageContaining("--rate");
    assertThatThrownBy(() -> read("--rate")).hasMessageContaining("needs a value");
    assertThatThrownBy(() -> read("--rows", "all")).hasMessageContaining("idle, load and identity");
    assertThatThrownBy(() -> read("--groups", "7")).hasMessageContaining("--groups");
  }

  private static Settings read(String... arguments) {
    return Settings.read(arguments, OUT);
  }
}
