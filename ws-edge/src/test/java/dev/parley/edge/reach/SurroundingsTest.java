package dev.parley.edge.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.edge.testkit.VirtualLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SurroundingsTest {

  private static final long SILENT_MILLIS = 5_000;

  private final VirtualLoop loop = new VirtualLoop();
  private final Reach redis = new Reach("redis", loop);
  private final Reach views = new Reach("views", loop);
  private boolean open = true;
  private boolean answering = true;
  private int asked;
  private @Nullable CompletableFuture<Void> slow;

  SurroundingsTest() {
    new Surroundings(
            loop,
            SILENT_MILLIS,
            List.of(new Surroundings.Line(redis, () -> open)),
            List.of(new Surroundings.Service(views, this::ask)))
        .start();
  }

  @Test
  void aLineThatIsLostIsNamedAtOnceAndNoBlipAnyMoreAfterTheGrace() {
    loop.advance(1_000);
    assertThat(redis).hasToString("reached");
    open = false;
    loop.advance(1_000);
    assertThat(redis.isAway()).isTrue();
    assertThat(redis.isAwayFor(3_000)).isFalse();
    loop.advance(3_000);
    assertThat(redis.isAwayFor(3_000)).isTrue();
    assertThat(redis.toString()).startsWith("away for 3 s");
    open = true;
    loop.advance(1_000);
    assertThat(redis.isAway()).isFalse();
  }

  @Test
  void whoAnswersOthersIsNotAsked() {
    for (var i = 0; i < 10; i++) {
      loop.advance(SILENT_MILLIS / 2);
      views.reached();
    }
    assertThat(asked).isZero();
  }

  @Test
  void whoIsSilentIsAskedAndThenAgainAndAgainUntilItAnswers() {
    loop.advance(SILENT_MILLIS + 1_000);
    assertThat(asked).isEqualTo(1);
    answering = false;
    loop.advance(SILENT_MILLIS + 1_000);
    assertThat(views.isAway()).isTrue();
    var before = asked;
    loop.advance(2_000);
    assertThat(asked).isGreaterThan(before);
    answering = true;
    loop.advance(1_000);
    assertThat(views.isAway()).isFalse();
  }

  @Test
  void aFailureSeenByTheWayIsAskedAboutAtOnce() {
    views.away("a request failed");
    loop.advance(500);
    assertThat(views.isAway()).isFalse();
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void thereIsOneQuestionAtATime() {
    slow = new CompletableFuture<>();
    loop.advance(10 * SILENT_MILLIS);
    assertThat(asked).isEqualTo(1);
    slow.complete(null);
    loop.advance(SILENT_MILLIS + 1_000);
    assertThat(asked).isEqualTo(2);
  }

  private CompletionStage<?> ask() {
    asked++;
    if (slow != null) {
      return slow;
    }
    return answering
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(new IllegalStateException("no"));
  }
}
