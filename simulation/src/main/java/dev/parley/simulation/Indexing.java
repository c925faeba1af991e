package dev.parley.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.TransientException;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.topic.Topics;
import dev.parley.search.SearchConfig;
import dev.parley.search.access.AccessRow;
import dev.parley.search.access.Reach;
import dev.parley.search.erasure.Erasures;
import dev.parley.search.index.Bulk;
import dev.parley.search.index.Documents;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import dev.parley.search.index.Positions;
import dev.parley.search.indexing.Contents;
import dev.parley.search.indexing.Progress;
import dev.parley.search.indexing.SearchProjection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The loop of the search projection: reads what is committed and hands it over, again where the
/// index was away. A process that dies in the middle goes on, as another, from the places that the
/// index has.
final class Indexing {

  /// What a search by somebody would have found.
  record Found(UUID conversation, UUID user, long seq) {}

  static final IndexVersion VERSION = new IndexVersion(1, "messages", "access", "first");

  private static final int BATCH_MAX = 20;
  private static final int DOCUMENTS_MAX = 1_000;
  private static final int REQUESTS_BEFORE_DEATH = 6;

  /// Longer than a request is on its way.
  private static final int SETTLE_MILLIS = 3_000;

  private static final int KEYS_LATE_MILLIS = 1_500;

  final SearchIndex index;

  /// By whoever had searched at any moment.
  final Set<Found> found = new HashSet<>();

  private final Scheduler scheduler;
  private final Trace trace;
  private final KafkaLog log;
  private final People people;
  private final Wiring wiring;
  private final List<LogPartition> partitions = new ArrayList<>();
  private final Set<String> looked = new HashSet<>();
  private final Set<UUID> unsettled = new TreeSet<>();
  private Node node;
  private long aliveAtMillis;

  Indexing(Scheduler scheduler, Trace trace, KafkaLog log, People people, Wiring wiring) {
    this.scheduler = scheduler;
    this.trace = trace;
    this.log = log;
    this.people = people;
    this.wiring = wiring;
    this.index = new SearchIndex(scheduler, wiring, VERSION.messages(), this::search);
    for (var topic : List.of(Topics.EVENTS, Topics.MARKS, Topics.USERS)) {
      partitions.addAll(log.partitionsOf(topic));
    }
    this.node = new Node();
    run();
  }

  /// In the middle of what it does next.
  void crash() {
    node.process.dieAfter(scheduler.random.nextInt(REQUESTS_BEFORE_DEATH));
  }

  boolean isIdle() {
    return index.isIdle()
        && unsettled.isEmpty()
        && node.waiting == null
        && partitions.stream()
            .allMatch(one -> node.next != null && node.next.getOrDefault(one, 0L) >= log.end(one));
  }

  private void run() {
    if (scheduler.nowMillis() >= aliveAtMillis) {
      try {
        node.step();
      } catch (TransientException later) {
        aliveAtMillis = scheduler.nowMillis() + 20 + scheduler.random.nextInt(100);
      } catch (SearchTransport.Died died) {
        trace.step("indexing", "is killed");
        aliveAtMillis = scheduler.nowMillis() + scheduler.random.nextInt(3_000);
        node = new Node();
      }
    }
    scheduler.soon(60, this::run);
  }

  /// By everybody, for everything, with what is visible at this moment.
  private void search(Map<String, JsonNode> messages) {
    var reaches = new HashMap<UUID, List<AccessRow.Member>>();
    for (var row : index.visible(VERSION.access()).values()) {
      if (row.path("row").asText().equals("member")) {
        var member = (AccessRow.Member) Documents.MAPPER.convertValue(row, AccessRow.class);
        reaches.computeIfAbsent(member.conversation(), _ -> new ArrayList<>()).add(member);
      }
    }
    messages.forEach((id, message) -> {
      if (looked.add(id)) {
        var conversation = UUID.fromString(message.path("conversation").asText());
        long seq = message.path("seq").asLong();
        for (var member : reaches.getOrDefault(conversation, List.of())) {
          if (Reach.of(member, true).holds(seq)) {
            found.add(new Found(conversation, member.user(), seq));
          }
        }
      }
    });
  }

  /// The settings, of which nothing is asked but the names of indices.
  private static <T> T names(Class<T> settings) {
    return settings.cast(
        Proxy.newProxyInstance(
            settings.getClassLoader(),
            new Class<?>[] {settings},
            (_, method, _) ->
                method.getReturnType().isInterface() ? names(method.getReturnType()) : "parley"));
  }

  /// One process, from its start to its death.
  private final class Node {
    private final SearchTransport.Process process = new SearchTransport.Process();
    private final Positions positions;
    private final SearchProjection projection;
    private final Erasures again;
    private @Nullable Map<LogPartition, Long> next;
    private @Nullable Batch waiting;

    Node() {
      var client = index.client(process);
      var bulk = new Bulk(client, new Bulk.Limits(DOCUMENTS_MAX, Integer.MAX_VALUE, 1));
      this.positions = new Positions(client, new Indices(client, names(SearchConfig.class)));
      this.again = new Erasures(client, bulk, (_, _) -> {});
      this.projection =
          new SearchProjection(
              VERSION,
              1,
              client,
              bulk,
              positions,
              new Contents(
                  keyring(),
                  (_, _) -> CompletableFuture.completedStage(new KeyLookup.Unknown()),
                  Duration.ZERO),
              new Erasures(client, bulk, (_, erased) -> erased(erased)),
              new Progress());
    }

    /// People are read by a reader of its own: whole at the start, late afterwards.
    private Keyring keyring() {
      long startedAt = scheduler.nowMillis();
      long lateMillis = scheduler.random.nextInt(KEYS_LATE_MILLIS);
      return user -> people.keyAt(user, Math.max(startedAt, scheduler.nowMillis() - lateMillis));
    }

    void step() {
      if (next == null) {
        next = new TreeMap<>(projection.positions(Set.copyOf(partitions)));
      }
      if (waiting == null) {
        waiting = poll(next);
      }
      if (waiting != null) {
        if (wiring.storesPlacesFirst()) {
          var places = new HashMap<LogPartition, Positions.Position>();
          waiting
              .advances()
              .forEach((at, way) -> places.put(at, new Positions.Position(way.next(), 0)));
          positions.store(VERSION, places);
        }
        projection.apply(waiting);
        trace.step("indexing", "has stored " + waiting.entries().size() + " entries");
        waiting = null;
      }
    }

    private @Nullable Batch poll(Map<LogPartition, Long> places) {
      var some = new ArrayList<>(partitions);
      Collections.shuffle(some, scheduler.random);
      var entries = new ArrayList<LogEntry>();
      var advances = new HashMap<LogPartition, Batch.Advance>();
      for (var partition : some.subList(0, 1 + scheduler.random.nextInt(some.size()))) {
        long from = places.getOrDefault(partition, 0L);
        var read = log.committed(partition, from, 1 + scheduler.random.nextInt(BATCH_MAX));
        places.put(partition, read.next());
        if (!read.entries().isEmpty()) {
          entries.addAll(read.entries());
          advances.put(partition, new Batch.Advance(from, read.next()));
        }
      }
      return entries.isEmpty() ? null : new Batch(entries, advances);
    }

    /// What was on its way meanwhile is emptied once more.
    private void erased(Collection<UUID> erased) {
      unsettled.addAll(erased);
      scheduler.after(SETTLE_MILLIS, () -> settle(List.copyOf(erased)));
    }

    private void settle(List<UUID> erased) {
      if (node != this) {
        unsettled.removeAll(erased);
        return;
      }
      try {
        again.erase(VERSION, erased);
        unsettled.removeAll(erased);
      } catch (TransientException later) {
        scheduler.after(SETTLE_MILLIS, () -> settle(erased));
      } catch (SearchTransport.Died died) {
        node = new Node();
        unsettled.removeAll(erased);
      }
    }
  }
}
