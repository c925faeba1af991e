package dev.parley.log;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What a topic still holds of some keys: a compacted one keeps older records of a key until its
/// broker gets round to them.
public final class KeyHistory {

  private static final Duration POLL_WAIT = Duration.ofMillis(200);

  private KeyHistory() {}

  /// Reads the partitions of these keys from the beginning to the end that they have now, and hands
  /// out the records of these keys, oldest first in each partition.
  ///
  /// @param keys published by the log's own rule for keys
  /// @param wait longest time for all of it
  /// @throws TransientException if the log does not answer, or not in time: nothing may be
  ///   concluded from what was handed out
  public static void read(
      KafkaConnection kafka,
      String topic,
      Set<String> keys,
      Duration wait,
      Consumer<LogEntry> each) {
    long deadline = System.nanoTime() + wait.toNanos();
    try (var consumer =
        new KafkaConsumer<>(
            properties(kafka), new StringDeserializer(), new ByteArrayDeserializer())) {
      int count = consumer.partitionsFor(topic, wait).size();
      var partitions =
          keys.stream()
              .map(key -> new TopicPartition(topic, partition(key, count)))
              .distinct()
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions, wait);
      while (!reached(consumer, partitions, ends)) {
        if (System.nanoTime() - deadline > 0) {
          throw new TransientException("Could not read " + topic + " within " + wait);
        }
        for (var record : consumer.poll(POLL_WAIT)) {
          if (keys.contains(record.key())) {
            each.accept(Entries.of(new LogPartition(topic, record.partition()), record));
          }
        }
      }
    } catch (KafkaException failure) {
      throw new TransientException("Could not read " + topic, failure);
    }
  }

  private static int partition(String key, int count) {
    return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), count);
  }

  private static boolean reached(
      KafkaConsumer<String, byte[]> consumer,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    return partitions.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L));
  }

  private static Properties properties(KafkaConnection kafka) {
    var properties = kafka.client();
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "key-history");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return properties;
  }
}
