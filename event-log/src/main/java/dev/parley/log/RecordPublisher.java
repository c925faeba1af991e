package dev.parley.log;

import dev.parley.schemas.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Publishes records, idempotent and in the order of the calls. Safe from any thread; never blocks
/// longer than 50 ms.
public final class RecordPublisher implements AutoCloseable {

  private static final long BLOCK_MILLIS_MAX = 50;

  /// By default a producer forgets the partitions of a topic that it did not use for five minutes.
  /// The next record then waits for them, and is refused where that takes longer than a record may
  /// block.
  private static final Duration REMEMBERS = Duration.ofDays(3_650);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final PublisherConfig config;
  private final Producer<String, byte[]> producer;
  private final AtomicInteger inFlight = new AtomicInteger();

  public RecordPublisher(PublisherConfig config) {
    this(
        config,
        new KafkaProducer<>(properties(config), new StringSerializer(), new ByteArraySerializer()));
  }

  RecordPublisher(PublisherConfig config, Producer<String, byte[]> producer) {
    this.config = config;
    this.producer = producer;
  }

  /// Completes when every in-sync replica has the record.
  ///
  /// @return fails with [PublishRefusedException]
  public CompletionStage<Void> publish(String topic, String key, byte[] value) {
    return publish(new ProducerRecord<>(topic, key, value));
  }

  /// As [#publish], but into the partition of another key: records of several keys stay together.
  ///
  /// @param beside the key whose partition it is, by the log's own rule for keys
  public CompletionStage<Void> publishBeside(
      String topic, String beside, String key, byte[] value) {
    try {
      var partition =
          BuiltInPartitioner.partitionForKey(
              beside.getBytes(StandardCharsets.UTF_8), producer.partitionsFor(topic).size());
      return publish(new ProducerRecord<>(topic, partition, key, value));
    } catch (KafkaException notKnown) {
      return CompletableFuture.failedStage(
          new PublishRefusedException(
              ErrorCode.UNAVAILABLE, "The log does not answer for " + topic, notKnown));
    }
  }

  private CompletionStage<Void> publish(ProducerRecord<String, byte[]> record) {
    var stored = new CompletableFuture<Void>();
    if (inFlight.incrementAndGet() > config.inFlightMax()) {
      inFlight.decrementAndGet();
      stored.completeExceptionally(
          new PublishRefusedException(
              ErrorCode.OVERLOADED, "More than " + config.inFlightMax() + " records on their way"));
      return stored;
    }
    try {
      producer.send(
          record,
          (metadata, failure) -> {
            inFlight.decrementAndGet();
            if (failure == null) {
              stored.complete(null);
            } else {
              stored.completeExceptionally(
                  new PublishRefusedException(
                      ErrorCode.UNAVAILABLE, "The log did not confirm the record", failure));
            }
          });
    } catch (KafkaException notTaken) {
      inFlight.decrementAndGet();
      stored.completeExceptionally(
          new PublishRefusedException(
              ErrorCode.OVERLOADED, "The log takes no records now", notTaken));
    }
    return stored;
  }

  /// Learns the topic's partitions, so that the first record need not wait for them.
  ///
  /// @throws TransientException if the log does not answer within `wait`
  public void prepare(String topic, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      try {
        producer.partitionsFor(topic);
        return;
      } catch (KafkaException notYet) {
        if (System.nanoTime() - deadline > 0) {
          throw new TransientException("The log does not answer for " + topic, notYet);
        }
      }
    }
  }

  /// Sends what is on its way; waits 10 s at most.
  @Override
  public void close() {
    producer.close(CLOSE_WAIT);
  }

  static Properties properties(PublisherConfig config) {
    var properties = config.kafka().client();
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, config.clientId());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, config.linger());
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS_MAX);
    properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, REMEMBERS.toMillis());
    int answerMillis = Math.toIntExact(config.answerWait().toMillis());
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, answerMillis);
    properties.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.max(1_000, (answerMillis - config.linger()) / 2));
    return properties;
  }
}
