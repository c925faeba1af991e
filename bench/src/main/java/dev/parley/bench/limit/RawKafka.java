package dev.parley.bench.limit;

import dev.parley.bench.report.Latency;
import dev.parley.log.KafkaConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka alone, on a topic of its own that is deleted afterwards: one append with acks=all and one
/// read. A message of Parley makes two such steps.
public final class RawKafka implements AutoCloseable {

  private static final int PARTITIONS = 12;
  private static final int RECORD_BYTES = 400;
  private static final int DIGITS = 3;
  private static final int MICRO = 1_000;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final KafkaConnection kafka;
  private final Admin admin;
  private final String topic = "parley.bench-" + UUID.randomUUID();

  public RawKafka(KafkaConnection kafka) throws InterruptedException {
    this.kafka = kafka;
    this.admin = Admin.create(kafka.client());
    try {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    } catch (ExecutionException refused) {
      admin.close();
      throw new IllegalStateException("Expected a topic to measure on", refused);
    }
  }

  /// Records at a fixed rate, from the time that each was meant to be appended until it is read.
  public Latency latency(int ratePerSecond, Duration length) throws InterruptedException {
    var micros = new ConcurrentHistogram(DIGITS);
    long records = ratePerSecond * length.toMillis() / 1_000;
    var reading = Thread.ofPlatform().unstarted(() -> read(records, micros));
    reading.start();
    try (var producer = producer()) {
      // The reader's assignment and the producer's metadata.
      producer.partitionsFor(topic);
      Thread.sleep(1_000);
      long start = System.nanoTime();
      for (long k = 0; k < records; k++) {
        long meant = start + k * 1_000_000_000L / ratePerSecond;
        for (long left = meant - System.nanoTime(); left > 0; left = meant - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        var value = ByteBuffer.allocate(RECORD_BYTES).putLong(meant).array();
        var unused =
            producer.send(new ProducerRecord<>(topic, (int) (k % PARTITIONS), null, value));
      }
      producer.flush();
    }
    reading.join();
    return Latency.of(micros);
  }

  @Override
  public void close() {
    admin.deleteTopics(List.of(topic));
    admin.close();
  }

  private void read(long records, ConcurrentHistogram micros) {
    var settings = kafka.client();
    settings.putAll(
        Map.of(
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"));
    try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
      var partitions =
          IntStream.range(0, PARTITIONS)
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      consumer.assign(partitions);
      long heard = System.nanoTime();
      while (micros.getTotalCount() < records && System.nanoTime() - heard < DRAIN.toNanos()) {
        for (var record : consumer.poll(POLL)) {
          heard = System.nanoTime();
          long meant = ByteBuffer.wrap(record.value()).getLong();
          micros.recordValue((heard - meant) / MICRO);
        }
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    var settings = kafka.client();
    settings.putAll(
        Map.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            "0"));
    return new KafkaProducer<>(settings);
  }
}
