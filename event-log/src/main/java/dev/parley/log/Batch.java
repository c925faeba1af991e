package dev.parley.log;

import java.util.ArrayList;
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

  /// Each partition alone; of one partition, entry by entry.
  List<Batch> split() {
    return advances.size() == 1 ? byEntry() : byPartition();
  }

  private List<Batch> byPartition() {
    return advances.entrySet().stream()
        .map(one ->
            new Batch(
                entries.stream().filter(entry -> entry.partition().equals(one.getKey())).toList(),
                Map.of(one.getKey(), one.getValue())))
        .toList();
  }

  private List<Batch> byEntry() {
    var parts = new ArrayList<Batch>();
    advances.forEach((partition, advance) -> {
      long from = advance.from();
      for (var entry : entries) {
        parts.add(
            new Batch(List.of(entry), Map.of(partition, new Advance(from, entry.offset() + 1))));
        from = entry.offset() + 1;
      }
    });
    return parts;
  }
}
