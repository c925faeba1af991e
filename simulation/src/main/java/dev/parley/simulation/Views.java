package dev.parley.simulation;

import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.projection.fold.Fold;
import dev.parley.projection.fold.OpenedEvent;
import dev.parley.projection.fold.OpenedEvent.Written;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// The loop of the views projection: reads what is committed, folds, stores rows and places
/// together. A crash loses what was folded and not stored.
final class Views {

  private static final int BATCH_MAX = 20;

  private final Scheduler scheduler;
  private final Trace trace;
  private final KafkaLog log;
  private final Wiring wiring;
  private final ContentReader reader;
  private final Map<LogPartition, Long> stored = new TreeMap<>();
  private long aliveAtMillis;
  private boolean up = true;

  final ViewRows rows = new ViewRows();

  Views(Scheduler scheduler, Trace trace, KafkaLog log, ContentReader reader, Wiring wiring) {
    this.scheduler = scheduler;
    this.trace = trace;
    this.log = log;
    this.reader = reader;
    this.wiring = wiring;
    for (var topic : List.of(Topics.EVENTS, Topics.MARKS, Topics.USERS)) {
      log.partitionsOf(topic).forEach(partition -> stored.put(partition, 0L));
    }
    run();
  }

  /// Whether they answer.
  boolean isUp() {
    return up;
  }

  void goAway() {
    trace.step("views", "go away");
    up = false;
  }

  void comeBack() {
    trace.step("views", "are back");
    up = true;
  }

  void crash() {
    trace.step("views", "are killed");
    aliveAtMillis = scheduler.nowMillis() + scheduler.random.nextInt(3_000);
  }

  boolean isIdle() {
    return stored.entrySet().stream().allMatch(one -> one.getValue() >= log.end(one.getKey()));
  }

  private void run() {
    if (up && scheduler.nowMillis() >= aliveAtMillis) {
      step();
    }
    scheduler.soon(60, this::run);
  }

  private void step() {
    var partitions = new ArrayList<>(stored.keySet());
    Collections.shuffle(partitions, scheduler.random);
    var places = new TreeMap<LogPartition, Long>();
    var entries = new ArrayList<LogEntry>();
    for (var partition : partitions.subList(0, 1 + scheduler.random.nextInt(partitions.size()))) {
      long from = stored.getOrDefault(partition, 0L);
      var read = log.committed(partition, from, 1 + scheduler.random.nextInt(BATCH_MAX));
      places.put(partition, read.next());
      entries.addAll(read.entries());
    }
    store(entries);
    stored.putAll(places);
    if (!entries.isEmpty()) {
      trace.step("views", "store " + entries.size() + " entries");
    }
  }

  private void store(List<LogEntry> entries) {
    var events =
        entries.stream()
            .filter(entry -> entry.partition().topic().equals(Topics.EVENTS))
            .map(entry -> opened(entry, reader))
            .toList();
    rows.apply(wiring.folded(Fold.fold(events)));
    entries.stream()
        .filter(entry -> entry.partition().topic().equals(Topics.MARKS))
        .forEach(entry -> rows.apply(entry.personal()));
    // After the messages, so that it finds all that came with it.
    entries.stream()
        .filter(entry -> entry.partition().topic().equals(Topics.USERS))
        .filter(entry -> entry.user().erased())
        .forEach(entry -> rows.erase(entry.user().id()));
  }

  static OpenedEvent opened(LogEntry entry, ContentReader reader) {
    var chained = entry.event();
    return new OpenedEvent(chained.event(), chained.record(), written(chained.event(), reader));
  }

  private static Written written(Event event, ContentReader reader) {
    return switch (event.data()) {
      case EventData.MessageSent sent ->
          written(reader.open(sent.body(), place(event, sent.message())));
      case EventData.MessageEdited edited ->
          written(reader.open(edited.body(), place(event, edited.message())));
      // Nothing else that people write here has content.
      default -> Written.NOTHING;
    };
  }

  private static Place place(Event event, UUID message) {
    return new Place(event.conversation(), message, event.actor());
  }

  private static Written written(Opened opened) {
    return switch (opened) {
      case Opened.Readable(var content) -> Written.of(content);
      case Opened.Erased() -> Written.ERASED;
      case Opened.KeyMissing() -> throw new IllegalStateException("Expected everybody's key");
    };
  }
}
