package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void theWaitIsAnywhereBetweenTheFloorAndACeilingThatDoubles() {
    assertThat(Backoff.DEFAULT.millis(0, () -> 0)).isEqualTo(500);
    assertThat(Backoff.DEFAULT.millis(0, () -> 0.999_999)).isBetween(990L, 1_000L);
    assertThat(Backoff.DEFAULT.millis(3, () -> 0)).isEqualTo(500);
    assertThat(Backoff.DEFAULT.millis(3, () -> 0.999_999)).isBetween(7_990L, 8_000L);
    assertThat(Backoff.DEFAULT.millis(1_000, () -> 0.999_999)).isBetween(19_990L, 20_000L);
  }
}
