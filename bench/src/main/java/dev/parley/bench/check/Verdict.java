package dev.parley.bench.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a check came to.
///
/// @param counts what was compared, in the order to print
/// @param anomalies at most the first hundred of each kind
/// @param found how many there are of each kind, also of those that are not listed
public record Verdict(
    Map<String, Long> counts, List<Anomaly> anomalies, Map<AnomalyKind, Long> found) {

  public Verdict {
    anomalies = List.copyOf(anomalies);
    found = Map.copyOf(found);
  }

  public boolean clean() {
    return found.isEmpty();
  }

  /// For whoever reads it in a terminal.
  public String text() {
    var counted =
        counts.entrySet().stream()
            .map(count -> "  %-34s %,12d".formatted(count.getKey(), count.getValue()))
            .collect(Collectors.joining("\n"));
    return counted + "\n" + (clean() ? "no anomalies" : anomaliesText());
  }

  private String anomaliesText() {
    var listed = anomalies.stream().map(Anomaly::toString).collect(Collectors.joining("\n"));
    return "ANOMALIES " + found + "\n" + listed;
  }
}
