package dev.parley.command.topology;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The topology's consumer, with what Kafka Streams leaves no other place for.
///
/// From a stopped partition it hands out what lies before the stop and nothing after, and stays
/// there: Kafka Streams can only end a whole thread over a record, or skip it. And of partitions
/// that are new to this node it ends what their former owner left open ([Takeover]), before Kafka
/// Streams brings back their stores, which waits for the end of such transactions. And whenever its
/// thread comes by without a record, it looks whether a commit is due ([CommitPace]).
final class DecidersConsumer extends KafkaConsumer<byte[], byte[]> {

  private final StoppedPartitions stopped;
  private final CommitPace pace;
  private final Takeover takeover;

  DecidersConsumer(
      Map<String, Object> config, StoppedPartitions stopped, CommitPace pace, Takeover takeover) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.stopped = stopped;
    this.pace = pace;
    this.takeover = takeover;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    pace.look();
    return stopped.isEmpty() ? records : upToStops(records);
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
    super.subscribe(topics, new TakingOver(takeover, listener));
  }

  /// Before Kafka Streams hears of its new partitions.
  private record TakingOver(Takeover takeover, ConsumerRebalanceListener then)
      implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      takeover.of(partitions);
      then.onPartitionsAssigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      then.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      then.onPartitionsLost(partitions);
    }
  }

  private ConsumerRecords<byte[], byte[]> upToStops(ConsumerRecords<byte[], byte[]> records) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
    for (TopicPartition partition : records.partitions()) {
      StoppedPartitions.Stop stop = stopped.of(partition);
      if (stop == null) {
        kept.put(partition, records.records(partition));
        continue;
      }
      List<ConsumerRecord<byte[], byte[]>> before =
          records.records(partition).stream()
              .filter(record -> record.offset() < stop.offset())
              .toList();
      if (before.size() < records.records(partition).size()) {
        seek(partition, stop.offset());
        pause(List.of(partition));
        next.put(partition, new OffsetAndMetadata(stop.offset()));
      }
      if (before.isEmpty()) {
        next.remove(partition);
      } else {
        kept.put(partition, before);
      }
    }
    return new ConsumerRecords<>(kept, next);
  }
}
