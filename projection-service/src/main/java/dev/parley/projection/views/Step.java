package dev.parley.projection.views;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.projection.fold.OpenedEvent;
import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.user.UserProfile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one transaction stores: read entries and how far they bring each partition.
record Step(List<Read> entries, Map<LogPartition, Batch.Advance> advances) {

  Step {
    entries = List.copyOf(entries);
    advances = Map.copyOf(advances);
  }

  /// An entry, decoded and opened.
  sealed interface Read {
    LogEntry entry();

    record OfEvent(LogEntry entry, OpenedEvent event) implements Read {}

    record OfUser(LogEntry entry, UserProfile user) implements Read {}

    /// @param written what the member wrote in it, opened
    record OfPersonal(LogEntry entry, PersonalEntry personal, Written written) implements Read {}

    /// A record that says nothing any more.
    record OfNothing(LogEntry entry) implements Read {}

    /// The person's record was removed from the log.
    record OfGoneUser(LogEntry entry, UUID user) implements Read {}
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /// Whether it stays below every ceiling; no ceilings: the gate is open.
  boolean fits(Map<LogPartition, Long> ceilings) {
    return entries.stream().allMatch(read -> below(read, ceilings));
  }

  /// The part below the ceilings.
  Step below(Map<LogPartition, Long> ceilings) {
    return part(entries.stream().filter(read -> below(read, ceilings)).toList(), null);
  }

  /// The part that the ceilings hold back, to follow `stored`.
  Step after(Step stored, Map<LogPartition, Long> ceilings) {
    return part(entries.stream().filter(read -> !below(read, ceilings)).toList(), stored);
  }

  private Step part(List<Read> part, @Nullable Step before) {
    var parts = new TreeMap<LogPartition, Batch.Advance>();
    for (var read : part) {
      var partition = read.entry().partition();
      var next = read.entry().offset() + 1;
      var from =
          parts.containsKey(partition) ? parts.get(partition).from() : from(partition, before);
      parts.put(partition, new Batch.Advance(from, next));
    }
    return new Step(part, parts);
  }

  private long from(LogPartition partition, @Nullable Step before) {
    if (before != null && before.advances().get(partition) instanceof Batch.Advance(_, long next)) {
      return next;
    }
    if (advances.get(partition) instanceof Batch.Advance(long from, _)) {
      return from;
    }
    throw new IllegalStateException("Expected a position for " + partition + ", but found none");
  }

  private static boolean below(Read read, Map<LogPartition, Long> ceilings) {
    if (ceilings.isEmpty()) {
      return true;
    }
    // A partition that no version had read from when the gate was closed waits as a whole.
    return read.entry().offset() < ceilings.getOrDefault(read.entry().partition(), 0L);
  }
}
