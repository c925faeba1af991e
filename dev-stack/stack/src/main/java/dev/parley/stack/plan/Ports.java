package dev.parley.stack.plan;

/// Which port is whose. All are on the loopback interface, and none is an engine's usual one.
public record Ports(int offset) {

  public int gateway() {
    return 8080 + offset;
  }

  int edge(int number) {
    return 8100 + number + offset;
  }

  int command(int number) {
    return 8110 + number + offset;
  }

  int projection() {
    return 8121 + offset;
  }

  int search() {
    return 8131 + offset;
  }

  int identity() {
    return 8141 + offset;
  }

  int kafka() {
    return 19092 + offset;
  }

  int kafkaController() {
    return 19093 + offset;
  }

  int postgres() {
    return 15432 + offset;
  }

  int redis() {
    return 16379 + offset;
  }

  int elasticsearch() {
    return 19200 + offset;
  }

  /// Of the engine itself, where a proxy stands before it.
  int elasticsearchInner() {
    return 19201 + offset;
  }

  int elasticsearchTransport() {
    return 19300 + offset;
  }
}
