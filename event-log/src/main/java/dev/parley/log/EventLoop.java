package dev.parley.log;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives one projection: polls, hands over batches in the order of each partition, keeps what
/// failed for a retry.
///
/// A partition whose entry cannot be handled stops there and says so; the others go on. Nothing is
/// skipped.
public final class EventLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
  private static final Duration POLL_WAIT = Duration.ofMillis(100);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(20);
  private static final long STATUS_EVERY_NANOS = Duration.ofMillis(250).toNanos();
  private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(500).toNanos();

  private final LoopConfig config;
  private final Projection projection;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);
  // Next offset of each held partition that the projection has stored; of the loop's thread.
  private final Map<TopicPartition, Long> stored = new HashMap<>();
  private final Map<TopicPartition, String> stops = new HashMap<>();
  private volatile boolean closing;
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
  private volatile LoopStatus status;
  private @Nullable Batch waiting;
  private long batchAtNanos = System.nanoTime() - LoopConfig.GATHER_MAX.toNanos();
  private long statusAtNanos;
  private long commitAtNanos;

  public EventLoop(LoopConfig config, Projection projection) {
    this.config = config;
    this.projection = projection;
    this.thread = Thread.ofPlatform().name("loop-" + projection.name()).unstarted(this::run);
    this.status = new LoopStatus(projection.name(), false, List.of(), null);
  }

  /// Begins to read, on a thread of its own.
  public void start() {
    thread.start();
  }

  /// How far it is.
  public LoopStatus status() {
    return status;
  }

  /// Finishes the batch in hand and leaves the group. Waits 20 s at most.
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
      if (!stopped.await(CLOSE_WAIT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
        LOG.warn("Loop {} did not end within {}", projection.name(), CLOSE_WAIT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var wait = config.retryFirst();
    while (!closing) {
      try (var current =
          new KafkaConsumer<>(
              properties(), new StringDeserializer(), new ByteArrayDeserializer())) {
        consumer = current;
        current.subscribe(projection.topics(), new Assignment(current));
        wait = config.retryFirst();
        while (!closing) {
          step(current);
        }
        commitGroup(current);
      } catch (WakeupException closingNow) {
        LOG.debug("Loop {} woken to close", projection.name());
      } catch (Exception failure) {
        LOG.error("Loop {} failed, starts again in {}", projection.name(), wait, failure);
        status = new LoopStatus(projection.name(), true, List.of(), failure.toString());
        pause(wait);
        wait = longer(wait);
      } finally {
        forget();
      }
    }
    status = new LoopStatus(projection.name(), false, List.of(), null);
    stopped.countDown();
  }

  private void step(KafkaConsumer<String, byte[]> current) {
    if (waiting == null) {
      gather(current);
      var records = current.poll(POLL_WAIT);
      if (!records.isEmpty()) {
        batchAtNanos = System.nanoTime();
        take(current, batch(records));
      }
    } else {
      retry(current);
    }
    publishStatus(current, false);
    commitGroupSometimes(current);
  }

  /// Lets a while pass since the last batch began, unless a backlog is there to be read. Not done
  /// by the broker's own wait for more bytes: then it would answer that often when nothing happens.
  private void gather(KafkaConsumer<String, byte[]> current) {
    long rest = config.gather().toNanos() - (System.nanoTime() - batchAtNanos);
    if (rest > 0 && lag(current) <= config.batchEntriesMax()) {
      pause(Duration.ofNanos(rest));
    }
  }

  private static long lag(KafkaConsumer<String, byte[]> current) {
    return current.assignment().stream()
        .mapToLong(partition -> current.currentLag(partition).orElse(0))
        .sum();
  }

  private void take(KafkaConsumer<String, byte[]> current, Batch batch) {
    settle(current, batch, attempt(batch));
  }

  private void settle(KafkaConsumer<String, byte[]> current, Batch batch, Attempt attempt) {
    switch (attempt) {
      case Attempt.Done() -> advance(batch);
      case Attempt.Later(var cause) -> {
        LOG.warn("Loop {} waits: {}", projection.name(), cause);
        waiting = batch;
        current.pause(current.assignment());
      }
      case Attempt.Moved() -> seekToStored(current, partitions(batch));
      case Attempt.Broken(var cause) -> isolate(current, batch, cause);
    }
  }

  /// Polls with everything paused, which keeps the membership, then hands the batch over once more.
  private void retry(KafkaConsumer<String, byte[]> current) {
    var wait = config.retryFirst();
    while (!closing && waiting != null) {
      current.poll(wait);
      publishStatus(current, false);
      var batch = waiting;
      if (batch == null) {
        break;
      }
      var attempt = attempt(batch);
      if (attempt instanceof Attempt.Later) {
        wait = longer(wait);
        continue;
      }
      waiting = null;
      resume(current);
      settle(current, batch, attempt);
    }
    if (waiting == null) {
      resume(current);
    }
  }

  /// Finds the entry that breaks the batch: each partition alone, then entry by entry.
  private void isolate(KafkaConsumer<String, byte[]> current, Batch batch, Exception cause) {
    if (batch.entries().size() == 1) {
      stop(current, batch.entries().getFirst(), cause);
      return;
    }
    for (var part : split(batch)) {
      if (closing) {
        return;
      }
      if (part.advances().keySet().stream().anyMatch(p -> stops.containsKey(kafka(p)))) {
        continue;
      }
      take(current, part);
      if (waiting != null) {
        // The rest comes again from the stored position once the wait is over.
        waiting = null;
        resume(current);
        seekToStored(current, partitions(batch));
        return;
      }
    }
  }

  private static List<Batch> split(Batch batch) {
    boolean onePartition = batch.advances().size() == 1;
    var parts = new ArrayList<Batch>();
    if (onePartition) {
      var partition = batch.entries().getFirst().partition();
      long from = from(batch, partition);
      for (var entry : batch.entries()) {
        parts.add(
            new Batch(
                List.of(entry), Map.of(partition, new Batch.Advance(from, entry.offset() + 1))));
        from = entry.offset() + 1;
      }
      return parts;
    }
    batch
        .advances()
        .forEach((partition, advance) ->
            parts.add(
                new Batch(
                    batch.entries().stream()
                        .filter(entry -> entry.partition().equals(partition))
                        .toList(),
                    Map.of(partition, advance))));
    return parts;
  }

  private static long from(Batch batch, LogPartition partition) {
    var advance = batch.advances().get(partition);
    if (advance == null) {
      throw new IllegalStateException("Expected a position for " + partition + ", but found none");
    }
    return advance.from();
  }

  private void stop(KafkaConsumer<String, byte[]> current, LogEntry entry, Exception cause) {
    var reason = entry.partition() + " stopped at offset " + entry.offset() + ": " + cause;
    LOG.error("Loop {}: {}", projection.name(), reason, cause);
    var partition = kafka(entry.partition());
    stops.put(partition, reason);
    current.pause(Set.of(partition));
    current.seek(partition, entry.offset());
    publishStatus(current, true);
  }

  private sealed interface Attempt {
    record Done() implements Attempt {}

    record Later(String cause) implements Attempt {}

    record Moved() implements Attempt {}

    record Broken(Exception cause) implements Attempt {}
  }

  private Attempt attempt(Batch batch) {
    try {
      projection.apply(batch);
      return new Attempt.Done();
    } catch (TransientException later) {
      return new Attempt.Later(String.valueOf(later.getMessage()));
    } catch (PositionMovedException moved) {
      LOG.warn("Loop {}: {}", projection.name(), moved.getMessage());
      return new Attempt.Moved();
    } catch (RuntimeException broken) {
      return new Attempt.Broken(broken);
    }
  }

  private Batch batch(ConsumerRecords<String, byte[]> records) {
    var entries = new ArrayList<LogEntry>(records.count());
    var advances = new HashMap<LogPartition, Batch.Advance>();
    for (var partition : records.partitions()) {
      var ofPartition = records.records(partition);
      var place = new LogPartition(partition.topic(), partition.partition());
      for (var record : ofPartition) {
        entries.add(Entries.of(place, record));
      }
      stored.putIfAbsent(partition, ofPartition.getFirst().offset());
      long from = stored.get(partition);
      advances.put(place, new Batch.Advance(from, ofPartition.getLast().offset() + 1));
    }
    return new Batch(entries, advances);
  }

  private void advance(Batch batch) {
    batch.advances().forEach((partition, advance) -> stored.put(kafka(partition), advance.next()));
  }

  private void seekToStored(KafkaConsumer<String, byte[]> current, Set<TopicPartition> partitions) {
    var held = new java.util.HashSet<>(partitions);
    held.retainAll(current.assignment());
    if (config.start() == LoopConfig.Start.STORED) {
      var positions = projection.positions(held.stream().map(EventLoop::place).collect(toSet()));
      for (var partition : held) {
        long position = positions.getOrDefault(place(partition), 0L);
        stored.put(partition, position);
        seek(current, partition, position);
      }
    } else {
      for (var partition : held) {
        var position = stored.get(partition);
        if (position != null) {
          current.seek(partition, position);
        }
      }
    }
  }

  private static void seek(
      KafkaConsumer<String, byte[]> current, TopicPartition partition, long position) {
    if (position == 0) {
      current.seekToBeginning(Set.of(partition));
    } else {
      current.seek(partition, position);
    }
  }

  private void resume(KafkaConsumer<String, byte[]> current) {
    var going = new ArrayList<>(current.assignment());
    going.removeIf(stops::containsKey);
    current.resume(going);
  }

  private void commitGroupSometimes(KafkaConsumer<String, byte[]> current) {
    long now = System.nanoTime();
    if (config.start() == LoopConfig.Start.GROUP && now - commitAtNanos > COMMIT_EVERY_NANOS) {
      commitAtNanos = now;
      current.commitAsync(offsets(stored.keySet()), null);
    }
  }

  private void commitGroup(KafkaConsumer<String, byte[]> current) {
    if (config.start() == LoopConfig.Start.GROUP && !stored.isEmpty()) {
      current.commitSync(offsets(stored.keySet()), CLOSE_WAIT);
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

  private void publishStatus(KafkaConsumer<String, byte[]> current, boolean now) {
    long nanos = System.nanoTime();
    if (!now && nanos - statusAtNanos < STATUS_EVERY_NANOS) {
      return;
    }
    statusAtNanos = nanos;
    var partitions = new TreeMap<LogPartition, LoopStatus.PartitionStatus>();
    for (var partition : current.assignment()) {
      var place = place(partition);
      partitions.put(
          place,
          new LoopStatus.PartitionStatus(
              place,
              stored.getOrDefault(partition, 0L),
              current.currentLag(partition).orElse(-1),
              stops.get(partition)));
    }
    status = new LoopStatus(projection.name(), true, List.copyOf(partitions.values()), null);
  }

  private void forget() {
    stored.clear();
    stops.clear();
    waiting = null;
    consumer = null;
  }

  private Duration longer(Duration wait) {
    var doubled = wait.multipliedBy(2);
    return doubled.compareTo(config.retryMax()) > 0 ? config.retryMax() : doubled;
  }

  private void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException interrupted) {
      closing = true;
    }
  }

  private static Set<TopicPartition> partitions(Batch batch) {
    return batch.advances().keySet().stream().map(EventLoop::kafka).collect(toSet());
  }

  private static TopicPartition kafka(LogPartition partition) {
    return new TopicPartition(partition.topic(), partition.number());
  }

  private static LogPartition place(TopicPartition partition) {
    return new LogPartition(partition.topic(), partition.partition());
  }

  private Properties properties() {
    var properties = config.kafka().client();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, projection.name());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        switch (config.isolation()) {
          case COMMITTED -> "read_committed";
          case UNCOMMITTED -> "read_uncommitted";
        });
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batchEntriesMax());
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, config.batchBytesMax());
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class));
    return properties;
  }

  /// Runs inside poll, on the loop's thread.
  private final class Assignment implements ConsumerRebalanceListener {

    private final KafkaConsumer<String, byte[]> current;

    Assignment(KafkaConsumer<String, byte[]> current) {
      this.current = current;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      seekToStored(current, Set.copyOf(partitions));
      if (waiting != null) {
        current.pause(current.assignment());
      }
      publishStatus(current, true);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (config.start() == LoopConfig.Start.GROUP) {
        current.commitSync(offsets(partitions), CLOSE_WAIT);
      }
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      dropWaitingOf(partitions);
      partitions.forEach(stored::remove);
      partitions.forEach(stops::remove);
    }

    /// A waiting batch that touches a lost partition is dropped; what stays here of it is read
    /// again.
    private void dropWaitingOf(Collection<TopicPartition> lost) {
      var batch = waiting;
      if (batch == null || partitions(batch).stream().noneMatch(lost::contains)) {
        return;
      }
      waiting = null;
      var kept = new java.util.HashSet<>(partitions(batch));
      kept.removeAll(lost);
      seekToStored(current, kept);
    }
  }
}
