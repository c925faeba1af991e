package dev.parley.bench.limit;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.bench.report.Latency;
import dev.parley.log.KafkaConnection;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

/// Kafka alone, on topics of its own that are deleted afterwards: one append with acks=all and one
/// read, of which a message of Parley makes two each.
public final class RawKafka implements AutoCloseable {

  private static final int PARTITIONS = 12;
  private static final int RECORD_BYTES = 400;
  private static final int DIGITS = 3;
  private static final int MICRO = 1_000;
  private static final double NANOS = 1e9;
  // As the bench pours its backlog.
  private static final int COPY_LINGER_MILLIS = 5;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final KafkaConnection kafka;
  private final Admin admin;
  private final String topic = "parley.bench-" + UUID.randomUUID();
  private final String copies = topic + "-copies";

  public RawKafka(KafkaConnection kafka) throws InterruptedException {
    this.kafka = kafka;
    this.admin = Admin.create(kafka.client());
    try {
      admin
          .createTopics(
              Stream.of(topic, copies)
                  .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                  .toList())
          .all()
          .get();
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
    try (var producer = producer(0)) {
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

  /// Records copied from one topic to another: a decider that neither decides nor remembers, and
  /// has no transactions.
  ///
  /// @param perSecond of the clock
  /// @param perProcessorSecond of this process, which does nothing else meanwhile
  public record Copied(double perSecond, double perProcessorSecond) {}

  /// A backlog of so many records, copied as often as there are rounds.
  public List<Copied> copied(int records, int rounds) {
    try (var producer = producer(COPY_LINGER_MILLIS)) {
      // One to each partition before there are several under way. Where the first of a producer is
      // refused, since a new partition has no leader yet, the broker takes the second for the first
      // and refuses the first from then on, until the producer gives it up.
      fill(producer, copies, 0, PARTITIONS);
      fill(producer, topic, 0, PARTITIONS);
      fill(producer, topic, PARTITIONS, records);
      return IntStream.range(0, rounds).mapToObj(_ -> copied(records, producer)).toList();
    }
  }

  /// Those of these numbers, one partition after the other; returns when all are stored.
  private static void fill(
      KafkaProducer<byte[], byte[]> producer, String topic, int from, int records) {
    for (int k = from; k < records; k++) {
      var unused =
          producer.send(new ProducerRecord<>(topic, k % PARTITIONS, null, new byte[RECORD_BYTES]));
    }
    producer.flush();
  }

  private Copied copied(int records, KafkaProducer<byte[], byte[]> producer) {
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    try (var consumer = consumer()) {
      long used = process.getProcessCpuTime();
      long from = System.nanoTime();
      long heard = from;
      int read = 0;
      while (read < records) {
        for (var record : consumer.poll(POLL)) {
          var unused =
              producer.send(new ProducerRecord<>(copies, record.partition(), null, record.value()));
          heard = System.nanoTime();
          read++;
        }
        if (System.nanoTime() - heard > DRAIN.toNanos()) {
          throw new IllegalStateException(
              "Expected %d records, but read %d".formatted(records, read));
        }
      }
      producer.flush();
      double seconds = (System.nanoTime() - from) / NANOS;
      return new Copied(
          records / seconds, records / ((process.getProcessCpuTime() - used) / NANOS));
    }
  }

  @Override
  public void close() {
    admin.deleteTopics(List.of(topic, copies));
    admin.close();
  }

  private void read(long records, ConcurrentHistogram micros) {
    try (var consumer = consumer()) {
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

  /// Reads all records from the first one on.
  private KafkaConsumer<byte[], byte[]> consumer() {
    var settings = kafka.client();
    settings.putAll(
        Map.of(
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"));
    var consumer = new KafkaConsumer<byte[], byte[]>(settings);
    consumer.assign(
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList());
    return consumer;
  }

  private KafkaProducer<byte[], byte[]> producer(int lingerMillis) {
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
            lingerMillis));
    return new KafkaProducer<>(settings);
  }
}
