package dev.parley.log;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// The partitions that a loop's consumer holds: how far the projection has stored each, and which
/// of them stopped. Of the loop's thread.
final class HeldPartitions {

  private final Consumer<String, byte[]> consumer;
  private final LoopConfig.Start start;
  private final Projection projection;
  // Next offset of each that the projection has stored.
  private final Map<TopicPartition, Long> stored = new HashMap<>();
  private final Map<TopicPartition, String> stops = new HashMap<>();

  HeldPartitions(Consumer<String, byte[]> consumer, LoopConfig.Start start, Projection projection) {
    this.consumer = consumer;
    this.start = start;
    this.projection = projection;
  }

  /// What was polled, as it follows what is stored.
  Batch batch(ConsumerRecords<String, byte[]> records) {
    var entries = new ArrayList<LogEntry>(records.count());
    var advances = new HashMap<LogPartition, Batch.Advance>();
    for (var partition : records.partitions()) {
      var ofPartition = records.records(partition);
      var place = place(partition);
      for (var record : ofPartition) {
        entries.add(Entries.of(place, record));
      }
      stored.putIfAbsent(partition, ofPartition.getFirst().offset());
      long from = stored.get(partition);
      advances.put(place, new Batch.Advance(from, ofPartition.getLast().offset() + 1));
    }
    return new Batch(entries, advances);
  }

  /// The next poll brings these once more.
  void readAgain(ConsumerRecords<String, byte[]> records) {
    for (var partition : records.partitions()) {
      consumer.seek(partition, records.records(partition).getFirst().offset());
    }
  }

  /// The projection has stored it.
  void advance(Batch batch) {
    batch.advances().forEach((partition, advance) -> stored.put(kafka(partition), advance.next()));
  }

  /// Reads these partitions again from where the projection is. Those that are held no more are
  /// left out.
  void seekToStored(Collection<TopicPartition> partitions) {
    var held = new HashSet<>(partitions);
    held.retainAll(consumer.assignment());
    switch (start) {
      case STORED -> seekToPositions(held);
      case GROUP -> {
        for (var partition : held) {
          var position = stored.get(partition);
          if (position != null) {
            consumer.seek(partition, position);
          }
        }
      }
    }
  }

  private void seekToPositions(Set<TopicPartition> held) {
    var positions = projection.positions(held.stream().map(HeldPartitions::place).collect(toSet()));
    for (var partition : held) {
      long position = positions.getOrDefault(place(partition), 0L);
      stored.put(partition, position);
      if (position == 0) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, position);
      }
    }
  }

  /// Its partition does not go on behind this entry.
  void stop(LogEntry entry, String reason) {
    var partition = kafka(entry.partition());
    stops.put(partition, reason);
    consumer.pause(Set.of(partition));
    consumer.seek(partition, entry.offset());
  }

  boolean anyStopped(Batch batch) {
    return batch.advances().keySet().stream()
        .anyMatch(partition -> stops.containsKey(kafka(partition)));
  }

  void pause() {
    consumer.pause(consumer.assignment());
  }

  /// All but those that stopped.
  void resume() {
    var going = new ArrayList<>(consumer.assignment());
    going.removeIf(stops::containsKey);
    consumer.resume(going);
  }

  /// Somebody else reads them now.
  void lost(Collection<TopicPartition> partitions) {
    partitions.forEach(stored::remove);
    partitions.forEach(stops::remove);
  }

  /// Tells the group how far all are, without waiting; where the projection keeps its own position
  /// it does nothing.
  void tellGroup() {
    if (start == LoopConfig.Start.GROUP) {
      consumer.commitAsync(offsets(stored.keySet()), null);
    }
  }

  /// As [#tellGroup], of these, and waits for it.
  void tellGroup(Collection<TopicPartition> partitions, Duration wait) {
    var offsets = offsets(partitions);
    if (start == LoopConfig.Start.GROUP && !offsets.isEmpty()) {
      consumer.commitSync(offsets, wait);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(Collection<TopicPartition> partitions) {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var partition : partitions) {
      var next = stored.get(partition);
      if (next != null) {
        offsets.put(partition, new OffsetAndMetadata(next));
      }
    }
    return offsets;
  }

  Set<TopicPartition> all() {
    return consumer.assignment();
  }

  /// Records behind over all; what is unknown does not count.
  long knownLag() {
    return consumer.assignment().stream()
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }

  List<LoopStatus.PartitionStatus> status() {
    var partitions = new TreeMap<LogPartition, LoopStatus.PartitionStatus>();
    for (var partition : consumer.assignment()) {
      var place = place(partition);
      partitions.put(
          place,
          new LoopStatus.PartitionStatus(
              place,
              stored.getOrDefault(partition, 0L),
              consumer.currentLag(partition).orElse(-1),
              stops.get(partition)));
    }
    return List.copyOf(partitions.values());
  }

  static Set<TopicPartition> of(Batch batch) {
    return batch.advances().keySet().stream().map(HeldPartitions::kafka).collect(toSet());
  }

  private static TopicPartition kafka(LogPartition partition) {
    return new TopicPartition(partition.topic(), partition.number());
  }

  private static LogPartition place(TopicPartition partition) {
    return new LogPartition(partition.topic(), partition.partition());
  }
}
