package dev.parley.command.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Partitions that this node has stopped, each at the record that could not be decided: nothing is
/// skipped, and the other partitions go on.
///
/// The way of a stop: the processor notes it here and throws; the stream thread ends, its
/// transaction is aborted, and a new thread takes its place; [DecidersConsumer] hands that thread
/// nothing of the partition from the noted offset on. The node meets the record again after a
/// restart, and so does the next owner of the partition.
public final class StoppedPartitions {

  /// @param offset of the record that could not be decided
  /// @param reason a sentence without content of the record
  public record Stop(long offset, String reason) {}

  private final Map<TopicPartition, Stop> stops = new ConcurrentHashMap<>();

  void stop(TopicPartition partition, Stop stop) {
    stops.put(partition, stop);
  }

  @Nullable Stop of(TopicPartition partition) {
    return stops.get(partition);
  }

  boolean isEmpty() {
    return stops.isEmpty();
  }

  public Map<TopicPartition, Stop> all() {
    return Map.copyOf(stops);
  }
}
