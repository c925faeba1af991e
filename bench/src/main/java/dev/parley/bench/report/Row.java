package dev.parley.bench.report;

import java.util.List;
import java.util.Map;

/// One measurement.
///
/// @param settings what was set, in the order to print
/// @param series one line of latencies each
/// @param counts sent, answered, lost and the like
/// @param faults what must not happen and did, a sentence each
public record Row(
    String name,
    Map<String, String> settings,
    List<Series> series,
    Map<String, Long> counts,
    List<String> faults) {

  /// @param name what was timed
  public record Series(String name, Latency latency) {}
}
