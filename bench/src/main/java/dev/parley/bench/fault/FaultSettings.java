package dev.parley.bench.fault;

import java.util.Set;

/// What a run of faults is to be like.
///
/// @param seed of which the order and the lengths of all faults follow
/// @param parts whose processes are killed, frozen, restarted
/// @param longestSeconds of what stands still, is slow or is full
/// @param faultsMax after so many no more come
public record FaultSettings(
    long seed, Set<FaultKind> kinds, Set<Part> parts, int longestSeconds, int faultsMax) {

  public static final int LONGEST_SECONDS = 30;

  public FaultSettings {
    kinds = Set.copyOf(kinds);
    parts = Set.copyOf(parts);
    if (kinds.contains(FaultKind.PAIRS) && parts.size() == 1) {
      throw new IllegalArgumentException("--faults pairs needs two --parts or more");
    }
  }

  FaultPlan plan() {
    return new FaultPlan(seed, kinds, parts, longestSeconds);
  }
}
