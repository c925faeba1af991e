package dev.parley.identity;

import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.session.RevocationCodec;
import dev.parley.schemas.topic.Topics;
import dev.parley.stack.test.TestEngines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What every door reads of sessions that ended. The poll of the outbox is 30 s in tests: what is
/// found within the bound was woken.
public final class RevocationLog {

  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(20);

  private RevocationLog() {}

  /// All revocations up to the first that is wished for, or all within the bound.
  public static List<Revocation> until(Predicate<Revocation> wished) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", TestEngines.kafka().bootstrapServers());
    List<Revocation> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.SESSIONS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + BOUND_NANOS;
      while (found.stream().noneMatch(wished) && System.nanoTime() - deadline < 0) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> found.add(RevocationCodec.decode(record.value())));
      }
    }
    return found;
  }
}
