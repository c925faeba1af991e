package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final Path OUT = Path.of("out.json");

  @Test
  void withoutFlagsTheLoadIsTheOneToAimAt() {
    var settings = read();

    assertThat(settings.people()).isEqualTo(300);
    assertThat(settings.groupSize()).isEqualTo(6);
    assertThat(settings.rate()).isEqualTo(1_000);
    assertThat(settings.run()).isEqualByComparingTo(Duration.ofSeconds(20));
    assertThat(settings.edges()).containsExactly(URI.create("ws://127.0.0.1:8080/ws"));
    assertThat(settings.data()).isEqualTo("data");
    assertThat(settings.out()).isEqualTo(OUT);
  }

  @Test
  void edgesMayBeNamed() {
    var settings = read("--edges", "ws://a/ws,ws://b/ws");

    assertThat(settings.edges()).containsExactly(URI.create("ws://a/ws"), URI.create("ws://b/ws"));
  }

  @Test
  void rowsAreThoseOfAFewMinutesOrThoseThatAreNamedOrAll() {
    assertThat(read().rows()).isEqualTo(RowKind.quick()).doesNotContain(RowKind.IDENTITY);
    assertThat(read("--rows", "load,identity").rows())
        .containsExactly(RowKind.LOAD, RowKind.IDENTITY);
    assertThat(read("--full", "yes").rows()).containsExactly(RowKind.values());
  }

  @Test
  void aMistakeIsNamed() {
    assertThatThrownBy(() -> read("--speed", "1")).hasMessageContaining("--speed");
    assertThatThrownBy(() -> read("--rate", "fast")).hasMessageContaining("--rate");
    assertThatThrownBy(() -> read("--rate")).hasMessageContaining("needs a value");
    assertThatThrownBy(() -> read("--rows", "all")).hasMessageContaining("idle, load, ");
    assertThatThrownBy(() -> read("--people", "7")).hasMessageContaining("--group-size");
  }

  private static Settings read(String... arguments) {
    return Settings.read(arguments, "data", OUT);
  }
}
