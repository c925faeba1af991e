package dev.parley.search.indexing;

import dev.parley.log.LogPartition;
import dev.parley.search.index.Positions.Position;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How far one version of the index is on this node: what is stored, and what a search sees of it.
public final class Progress {

  private final Map<LogPartition, Position> indexed = new ConcurrentHashMap<>();
  private final Map<LogPartition, Position> visible = new ConcurrentHashMap<>();
  // When a partition was last seen with nothing left to read and all of it visible.
  private final Map<LogPartition, Long> currentAtMillis = new ConcurrentHashMap<>();

  void assigned(Set<LogPartition> partitions, Map<LogPartition, Position> stored) {
    for (var partition : partitions) {
      indexed.put(partition, stored.getOrDefault(partition, new Position(0, 0)));
    }
  }

  void indexed(Map<LogPartition, Position> reached) {
    indexed.putAll(reached);
  }

  /// What is stored now: to be made visible, then told to [#visible(Map)].
  Map<LogPartition, Position> indexed() {
    return Map.copyOf(indexed);
  }

  boolean isVisible(Map<LogPartition, Position> reached) {
    return visible.equals(reached);
  }

  void visible(Map<LogPartition, Position> reached) {
    visible.putAll(reached);
  }

  /// How far a search sees.
  public Map<LogPartition, Position> visible() {
    return Map.copyOf(visible);
  }

  void current(LogPartition partition, long nowMillis) {
    currentAtMillis.put(partition, nowMillis);
  }

  /// How old the oldest entry may be that a search does not see yet; 0 if none is known of.
  public long lagMillis(LogPartition partition, long nowMillis) {
    var position = visible.get(partition);
    long seen = position == null ? 0 : position.atMillis();
    long since = Math.max(seen, currentAtMillis.getOrDefault(partition, 0L));
    return Math.max(0, nowMillis - since);
  }
}
