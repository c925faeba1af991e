package dev.parley.bench.fault;

import java.util.Set;

/// What a stack is made of, as far as it can be harmed.
public enum Part {
  EDGE("ws-edge"),
  DECIDER("command-service"),
  PROJECTION("projection-service"),
  SEARCH("search-service"),
  IDENTITY("identity-service"),
  KAFKA("kafka"),
  POSTGRES("postgres"),
  REDIS("redis"),
  ELASTICSEARCH("elasticsearch");

  private final String unit;

  Part(String unit) {
    this.unit = unit;
  }

  /// @param list names, comma separated, or `all`
  /// @throws IllegalArgumentException with a sentence for whoever typed it
  public static Set<Part> read(String list) {
    return Names.read("--parts", list, Part.class);
  }

  /// How the names of its processes begin.
  String unit() {
    return unit;
  }
}
