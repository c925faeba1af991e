package dev.parley.bench.fault;

import java.util.Set;

/// What a run of faults is to be like.
///
/// @param seed of which the order and the lengths of all faults follow
/// @param longestSeconds of what stands still, is slow or is full
/// @param faultsMax after so many no more come
public record FaultSettings(long seed, Set<FaultKind> kinds, int longestSeconds, int faultsMax) {

  public static final int LONGEST_SECONDS = 30;

  public FaultSettings {
    kinds = Set.copyOf(kinds);
  }

  FaultPlan plan() {
    return new FaultPlan(seed, kinds, longestSeconds);
  }
}
