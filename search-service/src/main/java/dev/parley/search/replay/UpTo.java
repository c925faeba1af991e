package dev.parley.search.replay;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.Projection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Brings a projection to given positions, and not further.
final class UpTo implements Projection {

  private final Projection projection;
  private final Map<LogPartition, Long> targets;
  private final Set<LogPartition> missing = ConcurrentHashMap.newKeySet();
  private final CountDownLatch reached = new CountDownLatch(1);

  /// @param targets next offset of each partition
  UpTo(Projection projection, Map<LogPartition, Long> targets) {
    this.projection = projection;
    this.targets = Map.copyOf(targets);
    missing.addAll(targets.keySet());
    arrived(projection.positions(targets.keySet()));
  }

  /// @return whether all positions were reached within `wait`
  boolean await(Duration wait) throws InterruptedException {
    return reached.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public String name() {
    return projection.name() + "-up-to";
  }

  @Override
  public Set<String> topics() {
    return projection.topics();
  }

  @Override
  public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    return projection.positions(partitions);
  }

  @Override
  public void apply(Batch batch) {
    var entries = batch.entries().stream().filter(this::isWanted).toList();
    if (!entries.isEmpty()) {
      applyWanted(batch, entries);
    }
    // Also where the last entries before the target are gone, as compaction has it.
    var passed = new HashMap<LogPartition, Long>();
    batch.advances().forEach((partition, advance) -> passed.put(partition, advance.next()));
    arrived(passed);
  }

  private void applyWanted(Batch batch, List<LogEntry> entries) {
    var advances = advances(batch, entries);
    projection.apply(new Batch(entries, advances));
    var positions = new HashMap<LogPartition, Long>();
    advances.forEach((partition, advance) -> positions.put(partition, advance.next()));
    arrived(positions);
  }

  private boolean isWanted(LogEntry entry) {
    return entry.offset() < targets.getOrDefault(entry.partition(), 0L);
  }

  private static Map<LogPartition, Batch.Advance> advances(Batch batch, List<LogEntry> entries) {
    var advances = new HashMap<LogPartition, Batch.Advance>();
    for (var entry : entries) {
      var whole = batch.advances().get(entry.partition());
      if (whole == null) {
        throw new IllegalStateException("Expected a position for " + entry.partition());
      }
      advances.put(entry.partition(), new Batch.Advance(whole.from(), entry.offset() + 1));
    }
    return advances;
  }

  private void arrived(Map<LogPartition, Long> positions) {
    missing.removeIf(
        partition -> positions.getOrDefault(partition, 0L) >= targets.getOrDefault(partition, 0L));
    if (missing.isEmpty()) {
      reached.countDown();
    }
  }
}
