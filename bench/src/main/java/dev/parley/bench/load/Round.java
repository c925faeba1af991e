package dev.parley.bench.load;

import dev.parley.bench.cost.Usage;
import dev.parley.bench.report.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What came of messages at one rate.
///
/// @param rate messages a second that were meant
/// @param delivered microseconds from the meant time to each member's socket
/// @param answered microseconds from the meant time to the answer
/// @param answeredMeanwhile how many while it was sent
/// @param refused microseconds from the meant time to the refusal
/// @param unknown answered with a timeout: they may be decided yet
/// @param bareRefusals those that do not say when to come again
/// @param late microseconds that the generator was behind its own plan
/// @param settled from the last sending until everything was there
/// @param cost of the processes while it was sent; null: not counted
record Round(
    int rate,
    Duration length,
    long sent,
    long membersOfOne,
    Histogram delivered,
    Histogram answered,
    long answeredMeanwhile,
    Histogram refused,
    long bareRefusals,
    long unknown,
    Histogram late,
    Duration settled,
    @Nullable Usage cost) {

  private static final double MICROS_PER_MILLI = 1_000;

  /// Deliveries that answered messages lack at least: those without an outcome may hide some.
  long missing() {
    return Math.max(0, answered.getTotalCount() * membersOfOne - delivered.getTotalCount());
  }

  long unanswered() {
    return sent - answered.getTotalCount() - refused.getTotalCount() - unknown;
  }

  double deliveredMillis(double percentile) {
    return delivered.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }

  double answeredMillis(double percentile) {
    return answered.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }

  /// What must not happen, a sentence each.
  List<String> faults() {
    var faults = new ArrayList<String>();
    if (missing() != 0) {
      faults.add("at " + rate + "/s " + missing() + " deliveries are missing");
    }
    if (unanswered() != 0) {
      faults.add("at " + rate + "/s " + unanswered() + " messages have no answer");
    }
    if (refused.getTotalCount() != 0) {
      faults.add("at " + rate + "/s " + refused.getTotalCount() + " messages were refused");
    }
    if (unknown != 0) {
      faults.add("at " + rate + "/s " + unknown + " messages were answered with a timeout");
    }
    return faults;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,6d/s for %d s: socket p50 %.2f, p99 %.2f, p99.9 %.2f ms; answer p99 %.2f ms; missing %d,"
            + " refused %d, timeouts %d, generator late p99 %.2f ms",
        rate,
        length.toSeconds(),
        deliveredMillis(50),
        deliveredMillis(99),
        deliveredMillis(99.9),
        answeredMillis(99),
        missing(),
        refused.getTotalCount(),
        unknown,
        Latency.of(late).p99());
  }
}
