package dev.parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RoundTest {

  @Test
  void aRoundInWhichEveryMemberGotEveryAnsweredMessageHasNoFault() {
    assertThat(round(10, times(10), times(60), times(0), 0).faults()).isEmpty();
  }

  @Test
  void whatIsMissingUnansweredRefusedOrWithoutAnOutcomeIsAFault() {
    assertThat(round(10, times(10), times(59), times(0), 0).faults())
        .containsExactly("at 100/s 1 deliveries are missing");
    assertThat(round(10, times(9), times(54), times(0), 0).faults())
        .containsExactly("at 100/s 1 messages have no answer");
    assertThat(round(10, times(9), times(54), times(1), 0).faults())
        .containsExactly("at 100/s 1 messages were refused");
  }

  @Test
  void aMessageThatWasGivenUpAndDecidedLaterIsNotMissing() {
    assertThat(round(10, times(9), times(60), times(0), 1).faults())
        .containsExactly("at 100/s 1 messages were answered with a timeout");
  }

  @Test
  void aRateCountsAsHeldWithoutFaultsAndWithP99UnderItsBound() {
    assertThat(Highest.holds(round(10, times(10), times(60), times(0), 0))).isTrue();
    assertThat(Highest.holds(round(10, times(10), times(59), times(0), 0))).isFalse();
    assertThat(Highest.holds(round(10, times(10), slow(60), times(0), 0))).isFalse();
  }

  private static Round round(
      long sent, Histogram answered, Histogram delivered, Histogram refused, long unknown) {
    return new Round(
        100,
        Duration.ofSeconds(1),
        sent,
        6,
        delivered,
        answered,
        answered.getTotalCount(),
        refused,
        0,
        unknown,
        times(0),
        Duration.ZERO,
        null);
  }

  private static Histogram times(int count) {
    return micros(1_000, count);
  }

  private static Histogram slow(int count) {
    return micros(250_000, count);
  }

  private static Histogram micros(long micros, int count) {
    var histogram = new Histogram(3);
    histogram.recordValueWithCount(micros, count);
    return histogram;
  }
}
