package dev.parley.log;

import java.util.List;
import java.util.Map;

/// What a projection takes in one step: the entries of one poll and how far they bring it.
///
/// @param entries in the order of each partition; never empty
/// @param advances for each partition with entries, the position before and after them
public record Batch(List<LogEntry> entries, Map<LogPartition, Advance> advances) {

  public Batch {
    entries = List.copyOf(entries);
    advances = Map.copyOf(advances);
  }

  /// @param from the position that the projection is expected to have stored
  /// @param next the position to store: one past the last entry
  public record Advance(long from, long next) {}
}
