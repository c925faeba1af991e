package dev.parley.search.indexing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefreshPaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  // A clock that is about to overflow, as System.nanoTime may be.
  private final long start = Long.MAX_VALUE - SECOND;
  private final RefreshPace pace = new RefreshPace(100, Duration.ofSeconds(5), start);

  @Test
  void whoIsNearTheEndRefreshesAtEveryLook() {
    pace.refreshed(start);

    assertThat(pace.isDue(0, start)).isTrue();
    assertThat(pace.isDue(100, start)).isTrue();
    assertThat(pace.isDue(-1, start)).isTrue();
  }

  @Test
  void inABacklogTheFirstIsDueAtOnceAndTheNextAfterAWhile() {
    assertThat(pace.isDue(101, start)).isTrue();
    pace.refreshed(start);

    assertThat(pace.isDue(101, start + 4 * SECOND)).isFalse();
    assertThat(pace.isDue(101, start + 5 * SECOND)).isTrue();
  }
}
