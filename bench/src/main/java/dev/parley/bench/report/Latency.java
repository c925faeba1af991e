package dev.parley.bench.report;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/// A distribution of times, milliseconds.
public record Latency(long count, double p50, double p90, double p99, double p999, double max) {

  private static final double MICROS_PER_MILLI = 1_000;

  /// @param micros times in microseconds
  public static Latency of(Histogram micros) {
    return new Latency(
        micros.getTotalCount(),
        at(micros, 50),
        at(micros, 90),
        at(micros, 99),
        at(micros, 99.9),
        micros.getMaxValue() / MICROS_PER_MILLI);
  }

  private static double at(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%9d %9.2f %9.2f %9.2f %9.2f %9.2f", count, p50, p90, p99, p999, max);
  }

  static String heading() {
    return "%9s %9s %9s %9s %9s %9s"
        .formatted("count", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms");
  }
}
