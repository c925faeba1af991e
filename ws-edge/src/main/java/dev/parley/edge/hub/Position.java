package dev.parley.edge.hub;

import java.util.Map;
import java.util.UUID;

/// Where a client says it is.
public sealed interface Position {

  /// It has nothing: a snapshot, and everything from there.
  record Nowhere() implements Position {}

  /// It gave something that is no position: a snapshot, and it is told that it has not resumed.
  record Unknown() implements Position {}

  /// It gave a position of another log: a snapshot, and it is told so.
  record Elsewhere() implements Position {}

  /// The last seq it has of each conversation.
  record Heads(Map<UUID, Long> heads) implements Position {
    public Heads {
      heads = Map.copyOf(heads);
    }
  }
}
