package dev.parley.log.testkit;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.Projection;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A log in memory, with the order of Kafka: entries of one key are in one partition. For one
/// thread.
public final class InMemoryLog {

  private final int partitions;
  private final Map<LogPartition, List<LogEntry>> entries = new TreeMap<>();

  /// @param partitions of each topic
  public InMemoryLog(int partitions) {
    this.partitions = partitions;
  }

  public void append(ChainedEvent event) {
    var key = event.event().conversation().toString();
    append(Topics.EVENTS, key, event.record(), event.event().atMillis(), null);
  }

  public void append(OutcomeEnvelope outcome, long atMillis) {
    var key = outcome.conversation().toString();
    append(Topics.REJECTIONS, key, OutcomeCodec.encode(outcome), atMillis, null);
  }

  public void append(UserProfile user) {
    append(
        Topics.USERS, user.id().toString(), UserCodec.encode(user), user.createdAtMillis(), null);
  }

  /// Beside the events of its conversation.
  public void append(PersonalEntry entry) {
    append(
        partition(Topics.MARKS, entry.conversation().toString()),
        PersonalCodec.key(entry),
        PersonalCodec.encode(entry),
        entry.atMillis(),
        null);
  }

  /// Any record, also one that no codec would write.
  public void append(
      String topic, String key, byte[] value, long atMillis, @Nullable String origin) {
    append(partition(topic, key), key, value, atMillis, origin);
  }

  private LogPartition partition(String topic, String key) {
    return new LogPartition(topic, Math.floorMod(key.hashCode(), partitions));
  }

  private void append(
      LogPartition partition, String key, byte[] value, long atMillis, @Nullable String origin) {
    var held = entries.computeIfAbsent(partition, _ -> new ArrayList<>());
    held.add(new LogEntry(partition, held.size(), atMillis, key, value, origin));
  }

  /// Hands all that the projection has not stored to it, `batchEntriesMax` entries at a time.
  ///
  /// @return how many entries were handed over
  public int deliver(Projection projection, int batchEntriesMax) {
    int delivered = 0;
    while (true) {
      var batch = next(projection, batchEntriesMax);
      if (batch == null) {
        return delivered;
      }
      projection.apply(batch);
      delivered += batch.entries().size();
    }
  }

  private @Nullable Batch next(Projection projection, int batchEntriesMax) {
    var mine = new TreeMap<>(entries);
    mine.keySet().removeIf(partition -> !projection.topics().contains(partition.topic()));
    var positions = projection.positions(mine.keySet());
    var taken = new ArrayList<LogEntry>();
    var advances = new HashMap<LogPartition, Batch.Advance>();
    for (var partition : mine.entrySet()) {
      int from = Math.toIntExact(positions.getOrDefault(partition.getKey(), 0L));
      int to = Math.min(partition.getValue().size(), from + batchEntriesMax - taken.size());
      if (to > from) {
        taken.addAll(partition.getValue().subList(from, to));
        advances.put(partition.getKey(), new Batch.Advance(from, to));
      }
    }
    return taken.isEmpty() ? null : new Batch(taken, advances);
  }
}
