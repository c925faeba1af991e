package dev.parley.simulation;

import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Topics with transactions, as Kafka keeps them: records are readable as soon as they are written
/// by those who read uncommitted; the others wait for the marker that ends the transaction in the
/// partition, and markers reach partitions at different times and take an offset.
final class KafkaLog {

  static final class Transaction {
    private final Set<LogPartition> open = new HashSet<>();
    private boolean committed;

    /// Whether every partition has its marker.
    boolean isOver() {
      return open.isEmpty();
    }

    List<LogPartition> partitions() {
      return open.stream().sorted().toList();
    }
  }

  /// @param entry null: a marker
  private record Held(@Nullable LogEntry entry, @Nullable Transaction transaction) {}

  final int partitions;
  private final Map<LogPartition, List<Held>> held = new TreeMap<>();

  KafkaLog(int partitions) {
    this.partitions = partitions;
  }

  LogPartition partition(String topic, String conversation) {
    return new LogPartition(topic, Math.floorMod(conversation.hashCode(), partitions));
  }

  List<LogPartition> partitionsOf(String topic) {
    var all = new ArrayList<LogPartition>();
    for (var i = 0; i < partitions; i++) {
      all.add(new LogPartition(topic, i));
    }
    return all;
  }

  long append(LogPartition partition, Entry entry, @Nullable Transaction transaction) {
    var all = of(partition);
    if (transaction != null) {
      transaction.open.add(partition);
    }
    all.add(
        new Held(
            new LogEntry(
                partition,
                all.size(),
                entry.atMillis(),
                entry.key(),
                entry.value(),
                entry.origin()),
            transaction));
    return all.size() - 1L;
  }

  /// What is written, before it has a place.
  @SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
  record Entry(String key, byte[] value, long atMillis, @Nullable String origin) {}

  /// From now on its fate is known; the markers follow.
  void decide(Transaction transaction, boolean commits) {
    transaction.committed = commits;
  }

  void mark(LogPartition partition, Transaction transaction) {
    transaction.open.remove(partition);
    of(partition).add(new Held(null, transaction));
  }

  /// What a reader who waits for commits has before it.
  Read committed(LogPartition partition, long from, int max) {
    return read(partition, from, max, true);
  }

  Read uncommitted(LogPartition partition, long from, int max) {
    return read(partition, from, max, false);
  }

  /// @param next where to go on
  record Read(List<LogEntry> entries, long next) {}

  private Read read(LogPartition partition, long from, int max, boolean committedOnly) {
    var all = of(partition);
    var entries = new ArrayList<LogEntry>();
    var open = new HashMap<Transaction, Boolean>();
    var at = (int) from;
    for (; at < all.size() && entries.size() < max; at++) {
      var one = all.get(at);
      var transaction = one.transaction();
      if (committedOnly && transaction != null) {
        if (open.computeIfAbsent(transaction, t -> t.open.contains(partition))) {
          break;
        }
        if (!transaction.committed) {
          continue;
        }
      }
      if (one.entry() != null) {
        entries.add(one.entry());
      }
    }
    return new Read(entries, at);
  }

  List<LogEntry> allCommitted(String topic) {
    var all = new ArrayList<LogEntry>();
    for (var partition : partitionsOf(topic)) {
      all.addAll(committed(partition, 0, Integer.MAX_VALUE).entries());
    }
    return all;
  }

  long end(LogPartition partition) {
    return of(partition).size();
  }

  private List<Held> of(LogPartition partition) {
    return held.computeIfAbsent(partition, _ -> new ArrayList<>());
  }
}
