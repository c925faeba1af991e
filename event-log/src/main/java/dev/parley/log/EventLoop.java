package dev.parley.log;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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
  private volatile boolean closing;
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
  private volatile LoopStatus status;
  private @Nullable Batch waiting;
  private String waitsFor = "";
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
              config.consumer(projection.name()),
              new StringDeserializer(),
              new ByteArrayDeserializer())) {
        consumer = current;
        var held = new HeldPartitions(current, config.start(), projection);
        current.subscribe(projection.topics(), new Assignment(held));
        wait = config.retryFirst();
        while (!closing) {
          step(current, held);
        }
        held.tellGroup(held.all(), CLOSE_WAIT);
      } catch (WakeupException closingNow) {
        LOG.debug("Loop {} woken to close", projection.name());
      } catch (Exception failure) {
        LOG.error("Loop {} failed, starts again in {}", projection.name(), wait, failure);
        status = new LoopStatus(projection.name(), true, List.of(), failure.toString());
        pause(wait);
        wait = longer(wait);
      } finally {
        waiting = null;
        consumer = null;
      }
    }
    status = new LoopStatus(projection.name(), false, List.of(), null);
    stopped.countDown();
  }

  private void step(KafkaConsumer<String, byte[]> current, HeldPartitions held) {
    if (waiting == null) {
      gather(held);
      var records = current.poll(POLL_WAIT);
      if (!records.isEmpty()) {
        batchAtNanos = System.nanoTime();
        take(held, held.batch(records));
      }
    } else {
      retry(current, held);
    }
    publishStatus(held, false);
    tellGroupSometimes(held);
  }

  /// Lets a while pass since the last batch began, unless a backlog is there to be read. Not done
  /// by the broker's own wait for more bytes: then it would answer that often when nothing happens.
  private void gather(HeldPartitions held) {
    long rest = config.gather().toNanos() - (System.nanoTime() - batchAtNanos);
    if (rest > 0 && held.knownLag() <= config.batchEntriesMax()) {
      pause(Duration.ofNanos(rest));
    }
  }

  private void take(HeldPartitions held, Batch batch) {
    settle(held, batch, attempt(batch));
  }

  private void settle(HeldPartitions held, Batch batch, Attempt attempt) {
    switch (attempt) {
      case Attempt.Done() -> {
        held.advance(batch);
        waitsFor = "";
      }
      case Attempt.Later(var cause) -> {
        tellIfNew(cause);
        waiting = batch;
        held.pause();
      }
      case Attempt.Moved() -> held.seekToStored(HeldPartitions.of(batch));
      case Attempt.Broken(var cause) -> isolate(held, batch, cause);
    }
  }

  /// Polls with everything paused, which keeps the membership, then hands the batch over once more.
  private void retry(KafkaConsumer<String, byte[]> current, HeldPartitions held) {
    var wait = config.retryFirst();
    while (!closing && waiting != null) {
      // Nothing comes while all is paused; what does all the same is of partitions that a rebalance
      // brought when it took the batch away.
      held.readAgain(current.poll(wait));
      publishStatus(held, false);
      var batch = waiting;
      if (batch == null) {
        break;
      }
      var attempt = attempt(batch);
      if (attempt instanceof Attempt.Later(var cause)) {
        tellIfNew(cause);
        wait = longer(wait);
        continue;
      }
      waiting = null;
      held.resume();
      settle(held, batch, attempt);
    }
    if (waiting == null) {
      held.resume();
    }
  }

  /// What it waits for is told once, however long it lasts.
  private void tellIfNew(String cause) {
    if (!cause.equals(waitsFor)) {
      LOG.warn("Loop {} waits: {}", projection.name(), cause);
      waitsFor = cause;
    }
  }

  /// Finds the entry that breaks the batch: each partition alone, then entry by entry.
  private void isolate(HeldPartitions held, Batch batch, Exception cause) {
    if (batch.entries().size() == 1) {
      stop(held, batch.entries().getFirst(), cause);
      return;
    }
    for (var part : batch.split()) {
      if (closing) {
        return;
      }
      if (held.anyStopped(part)) {
        continue;
      }
      take(held, part);
      if (waiting != null) {
        // The rest comes again from the stored position once the wait is over.
        waiting = null;
        held.resume();
        held.seekToStored(HeldPartitions.of(batch));
        return;
      }
    }
  }

  private void stop(HeldPartitions held, LogEntry entry, Exception cause) {
    var reason = entry.partition() + " stopped at offset " + entry.offset() + ": " + cause;
    LOG.error("Loop {}: {}", projection.name(), reason, cause);
    held.stop(entry, reason);
    publishStatus(held, true);
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

  private void tellGroupSometimes(HeldPartitions held) {
    long now = System.nanoTime();
    if (now - commitAtNanos > COMMIT_EVERY_NANOS) {
      commitAtNanos = now;
      held.tellGroup();
    }
  }

  private void publishStatus(HeldPartitions held, boolean now) {
    long nanos = System.nanoTime();
    if (now || nanos - statusAtNanos >= STATUS_EVERY_NANOS) {
      statusAtNanos = nanos;
      status = new LoopStatus(projection.name(), true, held.status(), null);
    }
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

  /// Runs inside poll, on the loop's thread.
  private final class Assignment implements ConsumerRebalanceListener {

    private final HeldPartitions held;

    Assignment(HeldPartitions held) {
      this.held = held;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      held.seekToStored(partitions);
      if (waiting != null) {
        held.pause();
      }
      publishStatus(held, true);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      held.tellGroup(partitions, CLOSE_WAIT);
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      dropWaitingOf(partitions);
      held.lost(partitions);
    }

    /// A waiting batch that touches a lost partition is dropped; what stays here of it is read
    /// again.
    private void dropWaitingOf(Collection<TopicPartition> lost) {
      var batch = waiting;
      if (batch == null || HeldPartitions.of(batch).stream().noneMatch(lost::contains)) {
        return;
      }
      waiting = null;
      var kept = new HashSet<>(HeldPartitions.of(batch));
      kept.removeAll(lost);
      held.seekToStored(kept);
    }
  }
}
