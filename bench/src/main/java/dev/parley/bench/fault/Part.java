package dev.parley.bench.fault;

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

  /// How the names of its processes begin.
  String unit() {
    return unit;
  }
}
