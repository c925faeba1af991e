package dev.parley.bench.fault;

import java.util.Set;

/// What can be asked for on the command line.
public enum FaultKind {
  KILL,
  STOP,
  RESTART,
  PAIRS,
  NETWORK,
  PUSHES,
  DISK,
  ROLLING;

  /// @param list names, comma separated, or `all`
  /// @throws IllegalArgumentException with a sentence for whoever typed it
  public static Set<FaultKind> read(String list) {
    return Names.read("--faults", list, FaultKind.class);
  }

  @Override
  public String toString() {
    return Names.of(this);
  }
}
