package dev.parley.command.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

  private final AtomicLong clock = new AtomicLong();
  private final CommitPace pace =
      new CommitPace(Duration.ofMillis(100), Duration.ofMillis(2_000), clock::get);
  private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();

  @Test
  void recordsShareACommitAfterTheLeastTime() {
    commit(0);
    pace.decided(context);
    pass(99);
    pace.decided(context);
    assertThat(asked()).isFalse();

    pass(1);
    pace.look();

    assertThat(asked()).isTrue();
  }

  @Test
  void theFirstRecordAfterAWhileIsCommittedAtOnce() {
    commit(0);
    pass(5_000);

    pace.decided(context);

    assertThat(asked()).isTrue();
  }

  @Test
  void withoutARecordThereIsNothingToCommit() {
    pace.decided(context);
    commit(0);
    pass(5_000);

    pace.look();

    assertThat(asked()).isFalse();
  }

  @Test
  void afterACommitItDecidesForAsLongAsThatTook() {
    commit(700);
    pass(699);
    pace.decided(context);
    assertThat(asked()).isFalse();

    pass(1);
    pace.look();
    assertThat(asked()).isTrue();

    commit(10);
    pass(100);
    pace.decided(context);
    assertThat(asked()).isTrue();
  }

  @Test
  void butNoLongerThanTheMost() {
    commit(30_000);
    pass(2_000);

    pace.decided(context);

    assertThat(asked()).isTrue();
  }

  @Test
  void aCommitThatWasGivenUpIsNotMeasured() {
    pace.commits();
    pass(1_500);
    pace.aborted();

    commit(10);
    pass(100);
    pace.decided(context);

    assertThat(asked()).isTrue();
  }

  @Test
  void whatWasGivenUpIsNotAskedFor() {
    pace.decided(context);
    pace.aborted();
    pass(5_000);

    pace.look();

    assertThat(asked()).isFalse();
  }

  @Test
  void eachThreadHasItsOwn() {
    commit(1_000);
    pass(100);
    CompletableFuture.runAsync(
            () -> {
              pace.look();
              pass(100);
              pace.decided(context);
            })
        .join();

    assertThat(asked()).isTrue();
  }

  /// As the producer tells of one.
  private void commit(long millis) {
    pace.commits();
    pass(millis / 2);
    pace.commits();
    pass(millis - millis / 2);
    pace.committed();
    context.resetCommit();
  }

  private void pass(long millis) {
    clock.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private boolean asked() {
    return context.committed();
  }
}
