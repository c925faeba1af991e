package dev.parley.command.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The topology's consumer. From a stopped partition it hands out what lies before the stop and
/// nothing after, and stays there.
///
/// Kafka Streams can only end a whole thread over a record, or skip it; stopping one partition has
/// to happen here.
final class StoppingConsumer extends KafkaConsumer<byte[], byte[]> {

  private final StoppedPartitions stopped;

  StoppingConsumer(Map<String, Object> config, StoppedPartitions stopped) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.stopped = stopped;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    return stopped.isEmpty() ? records : upToStops(records);
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
