package dev.parley.identity;

import dev.parley.stack.test.TestEngines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A topic as a stranger reads it: every byte from its beginning.
public final class RawTopic {

  private RawTopic() {}

  /// Keys and values, as they are.
  public static List<byte[]> bytes(String topic) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", TestEngines.kafka().bootstrapServers());
    List<byte[]> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          all.add(record.key());
          if (record.value() != null) {
            all.add(record.value());
          }
        }
      }
    }
    return all;
  }

  /// How many records hold these bytes.
  public static long holding(String topic, byte[] wanted) {
    String needle = new String(wanted, StandardCharsets.ISO_8859_1);
    return bytes(topic).stream()
        .filter(one -> new String(one, StandardCharsets.ISO_8859_1).contains(needle))
        .count();
  }

  /// Sets settings of the topic.
  public static void configure(String topic, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    List<AlterConfigOp> operations = new ArrayList<>();
    settings.forEach((name, value) ->
        operations.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", TestEngines.kafka().bootstrapServers());
    try (Admin admin = Admin.create(properties)) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), operations))
          .all()
          .get();
    }
  }
}
