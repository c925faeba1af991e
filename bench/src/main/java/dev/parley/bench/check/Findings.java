package dev.parley.bench.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Anomalies as they are found. Lists the first hundred of a kind and counts the rest, so that one
/// cause with a million effects can still be read.
public final class Findings {

  private static final int LISTED_MAX = 100;

  private final List<Anomaly> listed = new ArrayList<>();
  private final Map<AnomalyKind, Long> found = new EnumMap<>(AnomalyKind.class);

  /// @see Anomaly
  public void add(
      AnomalyKind kind,
      UUID conversation,
      long seq,
      @Nullable UUID message,
      String client,
      String evidence) {
    add(new Anomaly(kind, conversation, seq, message, client, evidence));
  }

  public void add(Anomaly anomaly) {
    if (found.merge(anomaly.kind(), 1L, Long::sum) <= LISTED_MAX) {
      listed.add(anomaly);
    }
  }

  public void addAll(Findings others) {
    others.listed.forEach(this::add);
    others.found.forEach((kind, count) -> {
      long unlisted =
          count - others.listed.stream().filter(anomaly -> anomaly.kind() == kind).count();
      if (unlisted > 0) {
        found.merge(kind, unlisted, Long::sum);
      }
    });
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Anomaly> listed() {
    return List.copyOf(listed);
  }

  public Map<AnomalyKind, Long> found() {
    return Map.copyOf(found);
  }
}
