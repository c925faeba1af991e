package dev.parley.simulation;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.TransientException;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.delivery.DeliveryProjection;
import dev.parley.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The loop of the delivery projection: reads uncommitted, hands over, remembers its place now and
/// then; what failed is handed over again, and what came after the last remembered place, too.
final class Delivery {

  /// Short, so that what is older has to be read from the views.
  private static final int TAIL_EVENTS = 12;

  private static final int BATCH_MAX = 12;

  private final Scheduler scheduler;
  private final Trace trace;
  private final KafkaLog log;
  private final RedisModel redis;
  private final Map<LogPartition, Long> next = new TreeMap<>();
  private final Map<LogPartition, Long> remembered = new TreeMap<>();
  private DeliveryProjection projection;
  private @Nullable Batch waiting;
  private @Nullable Batch last;
  private long aliveAtMillis;

  Delivery(Scheduler scheduler, Trace trace, KafkaLog log, RedisModel redis) {
    this.scheduler = scheduler;
    this.trace = trace;
    this.log = log;
    this.redis = redis;
    this.projection = projection();
    for (var topic : List.of(Topics.EVENTS, Topics.REJECTIONS, Topics.MARKS)) {
      log.partitionsOf(topic).forEach(partition -> next.put(partition, 0L));
    }
    remembered.putAll(next);
    run();
  }

  /// Begins again from the last remembered place. The process that it was may only have been
  /// stopped for a while: then it finishes what it was about, beside the next one.
  void crash() {
    trace.step("delivery", "loses its partitions");
    lingers(projection, last);
    projection = projection();
    waiting = null;
    next.putAll(remembered);
    aliveAtMillis = scheduler.nowMillis() + scheduler.random.nextInt(2_000);
  }

  private void lingers(DeliveryProjection before, @Nullable Batch batch) {
    if (batch != null && scheduler.chance(50)) {
      scheduler.soon(
          3_000,
          () -> {
            trace.step("delivery", "that was stopped hands over its last batch again");
            try {
              before.apply(batch);
            } catch (TransientException over) {
              trace.step("delivery", "that was stopped ends");
            }
          });
    }
  }

  boolean isIdle() {
    return waiting == null
        && next.entrySet().stream().allMatch(one -> one.getValue() >= log.end(one.getKey()));
  }

  private void run() {
    var worked = scheduler.nowMillis() >= aliveAtMillis && step();
    scheduler.soon(worked ? 4 : 40, this::run);
  }

  private boolean step() {
    if (waiting == null) {
      waiting = poll();
    }
    var batch = waiting;
    if (batch == null) {
      return false;
    }
    try {
      last = batch;
      projection.apply(batch);
    } catch (TransientException later) {
      aliveAtMillis = scheduler.nowMillis() + 20 + scheduler.random.nextInt(100);
      return false;
    }
    waiting = null;
    if (scheduler.chance(15)) {
      remembered.putAll(next);
    }
    return true;
  }

  /// Some of some partitions: the order between partitions is anybody's.
  private @Nullable Batch poll() {
    var partitions = new ArrayList<>(next.keySet());
    Collections.shuffle(partitions, scheduler.random);
    var entries = new ArrayList<LogEntry>();
    var advances = new HashMap<LogPartition, Batch.Advance>();
    for (var partition : partitions) {
      if (scheduler.chance(60)) {
        long from = next.getOrDefault(partition, 0L);
        var read = log.uncommitted(partition, from, 1 + scheduler.random.nextInt(BATCH_MAX));
        next.put(partition, read.next());
        if (!read.entries().isEmpty()) {
          entries.addAll(read.entries());
          advances.put(partition, new Batch.Advance(from, read.next()));
          trace.step("delivery", "hands over %s@%d-%d".formatted(partition, from, read.next()));
        }
      }
    }
    return entries.isEmpty() ? null : new Batch(entries, advances);
  }

  private DeliveryProjection projection() {
    return new DeliveryProjection(redis::client, new Limits(), _ -> List.of());
  }

  private static final class Limits implements ProjectionConfig.Delivery {
    @Override
    public int profileConversationsMax() {
      return 100;
    }

    @Override
    public int batchEntriesMax() {
      return BATCH_MAX;
    }

    @Override
    public int batchBytesMax() {
      return Integer.MAX_VALUE;
    }

    @Override
    public int windowCalls() {
      return 5;
    }

    @Override
    public Duration answerWait() {
      return Duration.ofSeconds(2);
    }

    @Override
    public int tailEvents() {
      return TAIL_EVENTS;
    }

    @Override
    public Duration tailTtl() {
      return Duration.ofHours(24);
    }

    @Override
    public Duration retryFirst() {
      return Duration.ofMillis(20);
    }

    @Override
    public Duration retryMax() {
      return Duration.ofSeconds(1);
    }
  }
}
