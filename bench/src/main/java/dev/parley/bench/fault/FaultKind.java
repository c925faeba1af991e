package dev.parley.bench.fault;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

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
    if (list.equals("all")) {
      return EnumSet.allOf(FaultKind.class);
    }
    var kinds = EnumSet.noneOf(FaultKind.class);
    for (var name : list.split(",")) {
      kinds.add(
          Stream.of(values())
              .filter(kind -> kind.toString().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "--faults knows all and " + List.of(values()) + ", not " + name)));
    }
    return kinds;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
