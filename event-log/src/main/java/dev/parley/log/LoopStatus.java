package dev.parley.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a loop is. A snapshot, at most a quarter of a second old.
///
/// @param partitions those that this loop holds now
/// @param failure why the whole loop does not read, or null
public record LoopStatus(
    String name, boolean running, List<PartitionStatus> partitions, @Nullable String failure) {

  /// @param position next offset to read
  /// @param lag records behind the end, -1 while unknown
  /// @param stopped why it does not go on, with the offset; null while it does
  public record PartitionStatus(
      LogPartition partition, long position, long lag, @Nullable String stopped) {}

  /// Whether it reads, and no partition has stopped.
  public boolean healthy() {
    return running && failure == null && partitions.stream().allMatch(p -> p.stopped() == null);
  }

  /// Records behind over all partitions; -1 while one is unknown.
  public long lag() {
    long sum = 0;
    for (var partition : partitions) {
      if (partition.lag() < 0) {
        return -1;
      }
      sum += partition.lag();
    }
    return sum;
  }
}
