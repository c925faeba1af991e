package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckSettingsTest {

  private static final Path OUT = Path.of("out");

  @Test
  void withoutFlagsItIsThirtySecondsOfFortyClients() {
    var settings = read();

    assertThat(settings.run()).isEqualByComparingTo(Duration.ofSeconds(30));
    assertThat(settings.messages()).isEqualTo(Long.MAX_VALUE);
    assertThat(settings.faults()).isNull();
    assertThat(settings.workload().clients()).isEqualTo(40);
    assertThat(settings.workload().settle()).isEqualByComparingTo(Duration.ofSeconds(60));
    assertThat(settings.edges()).containsExactly(URI.create("ws://127.0.0.1:8080/ws"));
  }

  @Test
  void flagsAreTaken() {
    var settings =
        read("--url", "https://chat", "--seed", "42", "--settle", "90", "--messages", "3000000000");

    assertThat(settings.edges()).containsExactly(URI.create("wss://chat/ws"));
    assertThat(settings.workload().seed()).isEqualTo(42);
    assertThat(settings.workload().settle()).isEqualByComparingTo(Duration.ofSeconds(90));
    assertThat(settings.messages()).isEqualTo(3_000_000_000L);
  }

  @Test
  void aMistakeIsNamed() {
    assertThatThrownBy(() -> read("--speed", "1")).hasMessageContaining("--speed");
    assertThatThrownBy(() -> read("--clients", "0")).hasMessageContaining("--clients");
    assertThatThrownBy(() -> read("--clients", "3000000000")).hasMessageContaining("--clients");
    assertThatThrownBy(() -> read("--seed", "x")).hasMessageContaining("--seed");
    assertThatThrownBy(() -> read("--settle")).hasMessageContaining("needs a value");
  }

  private static CheckSettings read(String... arguments) {
    return CheckSettings.read(arguments, OUT);
  }
}
