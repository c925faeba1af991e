package dev.parley.stack.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private Instant now = Instant.EPOCH;
  private final Backoff backoff = new Backoff(() -> now);

  @Test
  void pausesDoubleUpToABoundAndBeginAnewAfterAHealthyRun() {
    assertThat(pauseAfterRunOf(0)).isEqualTo(500);
    assertThat(pauseAfterRunOf(1)).isEqualTo(1_000);
    assertThat(pauseAfterRunOf(1)).isEqualTo(2_000);
    for (int i = 0; i < 20; i++) {
      assertThat(pauseAfterRunOf(1)).isLessThanOrEqualTo(15_000);
    }
    assertThat(pauseAfterRunOf(1)).isEqualTo(15_000);
    assertThat(pauseAfterRunOf(60)).isEqualTo(500);
  }

  @Test
  void aStartThatFailsIsNoRunHoweverLongItTook() {
    assertThat(pauseAfterRunOf(60)).isEqualTo(500);
    now = now.plusSeconds(90);
    assertThat(backoff.ended().toMillis()).isEqualTo(1_000);
  }

  private long pauseAfterRunOf(int seconds) {
    backoff.ready();
    now = now.plusSeconds(seconds);
    return backoff.ended().toMillis();
  }
}
