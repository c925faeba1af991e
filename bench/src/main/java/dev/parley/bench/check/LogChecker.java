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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads events and finds whatever breaks a guarantee of the log: a seq that is not dense, a hash
/// that does not verify or does not chain, a message that is there twice. Of some conversations it
/// keeps every event, for what else is to be compared.
public final class LogChecker implements Projection {

  private record Head(long seq, ByteString hash) {}

  private final Set<UUID> kept;
  private final Map<LogPartition, Long> positions = new HashMap<>();
  private final Map<UUID, Head> heads = new HashMap<>();
  private final Map<UUID, Map<UUID, Long>> messages = new HashMap<>();
  private final Map<UUID, ConversationLog> conversations = new HashMap<>();
  private final Findings findings = new Findings();
  private long events;

  public LogChecker() {
    this(Set.of());
  }

  /// @param kept conversations of which every event is kept
  public LogChecker(Set<UUID> kept) {
    this.kept = Set.copyOf(kept);
  }

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

  /// What was found in the log alone.
  public synchronized Findings findings() {
    return findings;
  }

  /// The same, a sentence each.
  public synchronized List<String> faults() {
    return findings.listed().stream().map(Anomaly::toString).toList();
  }

  /// Whether every one of these messages has been read.
  public synchronized boolean holdsAll(Set<UUID> wanted) {
    return messages.keySet().containsAll(wanted);
  }

  /// One of the conversations that are kept; without events if the log has none.
  public synchronized ConversationLog conversation(UUID conversation) {
    return conversations.getOrDefault(conversation, new ConversationLog(conversation));
  }

  private void check(LogEntry entry) {
    events++;
    var event = entry.event();
    if (!EventCodec.verify(entry.value())) {
      broken(entry, event, "the hash is not that of the event");
    }
    boolean takesItsPlace = checkHead(entry, event);
    if (takesItsPlace) {
      heads.put(event.event().conversation(), new Head(event.event().seq(), event.hash()));
    }
    if (event.event().data() instanceof EventData.MessageSent sent) {
      checkOnce(entry, event, sent.message());
    }
    if (kept.contains(event.event().conversation())) {
      conversations
          .computeIfAbsent(event.event().conversation(), ConversationLog::new)
          .add(Logged.of(entry, event.event()));
    }
  }

  private void checkOnce(LogEntry entry, ChainedEvent event, UUID message) {
    // By place: a client may send one id to two conversations, and has two messages then.
    var before =
        messages
            .computeIfAbsent(message, _ -> new LinkedHashMap<>(2))
            .putIfAbsent(event.event().conversation(), event.event().seq());
    if (before != null) {
      add(
          AnomalyKind.DUPLICATED,
          entry,
          event,
          message,
          "the message is there already with seq " + before);
    }
  }

  /// @return whether the next event follows this one
  private boolean checkHead(LogEntry entry, ChainedEvent chained) {
    var event = chained.event();
    var head = heads.getOrDefault(event.conversation(), new Head(0, ByteString.EMPTY));
    if (event.seq() == head.seq() + 1) {
      if (!event.prevHash().equals(head.hash())) {
        broken(entry, chained, "the hash before it is not the one that it chains to");
      }
      return true;
    }
    if (event.seq() > head.seq()) {
      add(
          AnomalyKind.HOLE,
          entry,
          chained,
          null,
          "expected seq " + (head.seq() + 1) + ", but found " + event.seq());
      return true;
    }
    add(
        AnomalyKind.TWO_WITH_ONE_SEQ,
        entry,
        chained,
        null,
        "expected seq " + (head.seq() + 1) + ", but found another with " + event.seq());
    return false;
  }

  private void broken(LogEntry entry, ChainedEvent event, String what) {
    add(AnomalyKind.BROKEN_CHAIN, entry, event, null, what);
  }

  private void add(
      AnomalyKind kind, LogEntry entry, ChainedEvent event, @Nullable UUID message, String what) {
    findings.add(
        kind,
        event.event().conversation(),
        event.event().seq(),
        message,
        "",
        entry.partition() + " offset " + entry.offset() + ": " + what);
  }
}
