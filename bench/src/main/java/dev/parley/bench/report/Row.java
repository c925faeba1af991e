package dev.parley.bench.report;

import java.util.List;
import java.util.Map;

/// One measurement.
///
/// @param settings what was set, in the order to print
/// @param series one line of latencies each
/// @param counts sent, answered, lost and the like
/// @param figures what is held against an aim or a limit
/// @param faults what must not happen and did, a sentence each
public record Row(
    String name,
    Map<String, String> settings,
    List<Series> series,
    Map<String, Long> counts,
    List<Figure> figures,
    List<String> faults) {

  public Row {
    figures = List.copyOf(figures);
    faults = List.copyOf(faults);
  }

  /// A row without figures of its own.
  public Row(
      String name,
      Map<String, String> settings,
      List<Series> series,
      Map<String, Long> counts,
      List<String> faults) {
    this(name, settings, series, counts, List.of(), faults);
  }

  /// The same with other faults.
  public Row withFaults(List<String> found) {
    return new Row(name, settings, series, counts, figures, found);
  }

  /// @param name what was timed
  public record Series(String name, Latency latency) {}
}
