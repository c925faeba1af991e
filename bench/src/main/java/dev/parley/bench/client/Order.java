package dev.parley.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.id.Ids;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The rule of order: an event is applied only if its seq is the next one; an older one is ignored;
/// a newer one waits until the hole before it has been read. For one thread, the owner's.
final class Order {

  /// Reads the events after a seq.
  interface Fetch {
    CompletableFuture<JsonNode> after(UUID conversation, long seq);
  }

  /// What becomes of the events.
  interface Listener {
    void apply(JsonNode event, long receivedNanos);

    /// These are not delivered one by one: whoever wants them reads history.
    void gap(UUID conversation, long from, long to);

    /// One came that was applied before.
    void repeated(JsonNode event);
  }

  private record Held(JsonNode event, long receivedNanos) {}

  private static final class Lane {
    private final NavigableMap<Long, Held> held = new TreeMap<>();
    private long have;
    private boolean filling;

    Lane(long have) {
      this.have = have;
    }
  }

  private final Map<UUID, Lane> lanes = new HashMap<>();
  private final Fetch fetch;
  private final Listener listener;
  private final Executor owner;

  Order(Fetch fetch, Listener listener, Executor owner) {
    this.fetch = fetch;
    this.listener = listener;
    this.owner = owner;
  }

  Map<UUID, Long> heads() {
    var heads = new HashMap<UUID, Long>();
    lanes.forEach((conversation, lane) -> heads.put(conversation, lane.have));
    return heads;
  }

  /// The inbox at the moment of a resume: what is known keeps its head, since its backlog follows.
  void snapshot(JsonNode inbox) {
    for (var item : inbox) {
      var conversation = Ids.required(item.path("conversation").asText());
      lanes.putIfAbsent(conversation, new Lane(item.path("head_seq").asLong()));
    }
  }

  void offer(JsonNode event, long receivedNanos) {
    var conversation = Ids.required(event.path("conversation").asText());
    long seq = event.path("seq").asLong();
    // Of a conversation never heard of, nothing before this is missing.
    var lane = lanes.computeIfAbsent(conversation, _ -> new Lane(seq - 1));
    if (seq <= lane.have || lane.held.containsKey(seq)) {
      listener.repeated(event);
      return;
    }
    lane.held.put(seq, new Held(event, receivedNanos));
    applyHeld(lane);
    fill(conversation, lane);
  }

  void skip(UUID conversation, long from, long to) {
    var lane = lanes.computeIfAbsent(conversation, _ -> new Lane(from - 1));
    if (to > lane.have) {
      listener.gap(conversation, lane.have + 1, to);
      lane.have = to;
      lane.held.headMap(to, true).clear();
      applyHeld(lane);
      fill(conversation, lane);
    }
  }

  private void applyHeld(Lane lane) {
    for (var next = lane.held.remove(lane.have + 1);
        next != null;
        next = lane.held.remove(lane.have + 1)) {
      lane.have++;
      listener.apply(next.event(), next.receivedNanos());
    }
  }

  private void fill(UUID conversation, Lane lane) {
    if (lane.held.isEmpty() || lane.filling) {
      return;
    }
    lane.filling = true;
    fetch
        .after(conversation, lane.have)
        .whenCompleteAsync((page, failed) -> filled(conversation, lane, page, failed), owner);
  }

  private void filled(
      UUID conversation, Lane lane, @Nullable JsonNode page, @Nullable Throwable failed) {
    lane.filling = false;
    long before = lane.have;
    if (failed == null && page != null) {
      long now = System.nanoTime();
      for (var event : page.path("events")) {
        long seq = event.path("seq").asLong();
        if (seq > lane.have) {
          lane.held.putIfAbsent(seq, new Held(event, now));
        }
      }
      applyHeld(lane);
    }
    // Without progress the next push asks again, or the next connection's resume.
    if (lane.have > before) {
      fill(conversation, lane);
    }
  }
}
