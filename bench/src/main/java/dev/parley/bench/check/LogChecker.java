package dev.parley.bench.check;

import com.google.protobuf.ByteString;
import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.Projection;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads events and writes down whatever breaks a guarantee of the log: a seq that is not dense, a
/// hash that does not verify or does not chain, a message that is there twice.
public final class LogChecker implements Projection {

  private static final int FAULTS_KEPT_MAX = 100;

  private record Head(long seq, ByteString hash) {}

  private final Map<LogPartition, Long> positions = new HashMap<>();
  private final Map<UUID, Head> heads = new HashMap<>();
  private final Map<UUID, Map<UUID, Long>> messages = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private long events;

  @Override
  public String name() {
    return "log-checker";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.EVENTS);
  }

  @Override
  public synchronized Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    return Map.copyOf(positions);
  }

  @Override
  public synchronized void apply(Batch batch) {
    batch.entries().forEach(this::check);
    batch.advances().forEach((partition, advance) -> positions.put(partition, advance.next()));
  }

  /// Events read so far.
  public synchronized long events() {
    return events;
  }

  /// What was found, a sentence each; at most the first hundred.
  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /// Whether every one of these messages has been read.
  public synchronized boolean holdsAll(Set<UUID> wanted) {
    return messages.keySet().containsAll(wanted);
  }

  /// The seq of a message where it was first sent, or null where it is not in the log.
  public synchronized @Nullable Long seqOf(UUID message) {
    var places = messages.get(message);
    return places == null ? null : places.values().iterator().next();
  }

  private void check(LogEntry entry) {
    events++;
    var event = entry.event();
    if (!EventCodec.verify(entry.value())) {
      fault(entry, "the hash is not that of the event");
    }
    checkHead(entry, event);
    heads.put(event.event().conversation(), new Head(event.event().seq(), event.hash()));
    if (event.event().data() instanceof EventData.MessageSent sent) {
      // By place: a client may send one id to two conversations, and has two messages then.
      var before =
          messages
              .computeIfAbsent(sent.message(), _ -> new LinkedHashMap<>())
              .putIfAbsent(event.event().conversation(), event.event().seq());
      if (before != null) {
        fault(entry, "message " + sent.message() + " is there already with seq " + before);
      }
    }
  }

  private void checkHead(LogEntry entry, ChainedEvent event) {
    var head = heads.getOrDefault(event.event().conversation(), new Head(0, ByteString.EMPTY));
    if (event.event().seq() != head.seq() + 1) {
      fault(entry, "expected seq " + (head.seq() + 1) + ", but found " + event.event().seq());
    }
    if (!event.event().prevHash().equals(head.hash())) {
      fault(entry, "the hash before it is not the one it chains to");
    }
  }

  private void fault(LogEntry entry, String what) {
    if (faults.size() < FAULTS_KEPT_MAX) {
      faults.add(entry.partition() + " offset " + entry.offset() + ": " + what);
    }
  }
}
