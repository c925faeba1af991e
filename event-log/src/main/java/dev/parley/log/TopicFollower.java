package dev.parley.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a whole compacted topic into memory and follows it, on a thread of its own.
///
/// While the log is away what was read stays. After a failure it is read again from its start, over
/// what is there.
final class TopicFollower implements AutoCloseable {

  /// Where the records go, all on one thread.
  interface Table {
    /// @throws IllegalArgumentException if the record cannot be read; the others go on
    void take(ConsumerRecord<String, byte[]> record);

    /// After each poll, whether or not it brought anything.
    default void polled() {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL_WAIT = Duration.ofMillis(100);
  private static final Duration RESTART_WAIT = Duration.ofSeconds(1);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final KafkaConnection kafka;
  private final String topic;
  private final Table table;
  private final Thread thread;
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private volatile @Nullable String broken;
  private volatile boolean closing;
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

  /// @param name of the thread and of the client
  TopicFollower(KafkaConnection kafka, String topic, String name, Table table) {
    this.kafka = kafka;
    this.topic = topic;
    this.table = table;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Completed once everything known at the start has been read.
  CompletionStage<Void> loaded() {
    return loaded.minimalCompletionStage();
  }

  boolean isLoaded() {
    return loaded.isDone();
  }

  boolean awaitLoaded(Duration wait) {
    try {
      loaded.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("Loading never fails, it starts again", impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Where a record stands that could not be read, the last of them; null: all could.
  @Nullable String broken() {
    return broken;
  }

  @Override
  public void close() {
    closing = true;
    var current = consumer;
    if (current != null) {
      current.wakeup();
    }
    if (!thread.isAlive()) {
      return;
    }
    try {
      thread.join(CLOSE_WAIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      try (var current =
          new KafkaConsumer<>(
              properties(), new StringDeserializer(), new ByteArrayDeserializer())) {
        consumer = current;
        follow(current);
      } catch (WakeupException closingNow) {
        LOG.debug("Woken to close");
      } catch (RuntimeException failure) {
        LOG.warn("Reading {} failed, starts again: {}", topic, failure.toString());
        LOG.debug("Reading {} failed", topic, failure);
        pause();
      } finally {
        consumer = null;
      }
    }
  }

  private void follow(KafkaConsumer<String, byte[]> current) {
    var partitions =
        current.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException("Topic " + topic + " does not exist yet");
    }
    current.assign(partitions);
    current.seekToBeginning(partitions);
    var ends = current.endOffsets(partitions);
    while (!closing) {
      for (var record : current.poll(POLL_WAIT)) {
        take(record);
      }
      if (!loaded.isDone() && reached(current, partitions, ends)) {
        loaded.complete(null);
      }
      table.polled();
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    try {
      table.take(record);
    } catch (IllegalArgumentException unreadable) {
      broken = record.topic() + "-" + record.partition() + " offset " + record.offset();
      LOG.error("The record at {} cannot be read", broken, unreadable);
    }
  }

  private static boolean reached(
      KafkaConsumer<String, byte[]> current,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    return partitions.stream().allMatch(p -> current.position(p) >= ends.getOrDefault(p, 0L));
  }

  private void pause() {
    try {
      Thread.sleep(RESTART_WAIT);
    } catch (InterruptedException interrupted) {
      closing = true;
    }
  }

  private Properties properties() {
    var properties = kafka.client();
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, thread.getName());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return properties;
  }
}
