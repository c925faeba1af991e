package dev.parley.rates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {

  private static final Taken ONE = new Taken.Granted(1);
  private static final Rate RATE = Rate.every(Duration.ofSeconds(30), 2);

  // Close to where the clock wraps.
  private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(45);
  private final LocalBuckets buckets = new LocalBuckets(3, () -> nanos);

  @Test
  void grantsItsBurstAndThenOneInEachInterval() {
    assertThat(buckets.take("a", RATE)).isEqualTo(ONE);
    assertThat(buckets.take("a", RATE)).isEqualTo(ONE);
    assertThat(buckets.take("a", RATE)).isEqualTo(new Taken.Refused(30_000));
    assertThat(buckets.take("b", RATE)).isEqualTo(ONE);

    nanos += TimeUnit.SECONDS.toNanos(29);
    assertThat(buckets.take("a", RATE)).isEqualTo(new Taken.Refused(1_000));
    nanos += TimeUnit.SECONDS.toNanos(1);
    assertThat(buckets.take("a", RATE)).isEqualTo(ONE);
    assertThat(buckets.take("a", RATE)).isInstanceOf(Taken.Refused.class);
    nanos += TimeUnit.SECONDS.toNanos(60);
    assertThat(buckets.take("a", RATE)).isEqualTo(ONE);
    assertThat(buckets.take("a", RATE)).isEqualTo(ONE);
    assertThat(buckets.take("a", RATE)).isInstanceOf(Taken.Refused.class);
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    buckets.take("a", RATE);
    buckets.take("a", RATE);

    buckets.giveBack("a", RATE);
    assertThat(buckets.take("a", RATE)).isEqualTo(ONE);
    assertThat(buckets.take("a", RATE)).isInstanceOf(Taken.Refused.class);

    buckets.fill("a");
    assertThat(buckets.take("a", RATE)).isEqualTo(ONE);
    assertThat(buckets.take("a", RATE)).isEqualTo(ONE);
    assertThat(buckets.take("a", RATE)).isInstanceOf(Taken.Refused.class);
  }

  @Test
  void remembersNoMoreThanItsBoundAndForgetsWhoAskedLongestAgo() {
    Rate once = new Rate(1, 1);
    for (String key : new String[] {"a", "b", "c"}) {
      assertThat(buckets.take(key, once)).isEqualTo(ONE);
    }
    buckets.take("a", once);

    assertThat(buckets.take("d", once)).isEqualTo(ONE);

    assertThat(buckets.take("a", once)).isInstanceOf(Taken.Refused.class);
    assertThat(buckets.take("c", once)).isInstanceOf(Taken.Refused.class);
    assertThat(buckets.take("b", once)).isEqualTo(ONE);
  }
}
