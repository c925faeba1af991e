package dev.parley.stack.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff();

  @Test
  void pausesDoubleUpToABoundAndBeginAnewAfterAHealthyRun() {
    assertThat(pause(0)).isEqualTo(500);
    assertThat(pause(1)).isEqualTo(1_000);
    assertThat(pause(1)).isEqualTo(2_000);
    for (int i = 0; i < 20; i++) {
      assertThat(pause(1)).isLessThanOrEqualTo(15_000);
    }
    assertThat(pause(1)).isEqualTo(15_000);
    assertThat(pause(60)).isEqualTo(500);
  }

  private long pause(int ranSeconds) {
    return backoff.afterRunOf(Duration.ofSeconds(ranSeconds)).toMillis();
  }
}
