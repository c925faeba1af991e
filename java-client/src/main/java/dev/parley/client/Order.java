package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The rule of order: an event is applied only if its seq is the next one; an older one is ignored;
/// a newer one waits until the hole before it has been read. So whatever the server repeats, drops
/// or shuffles, each event is applied once and in order. For one thread, the owner's.
final class Order {

  /// Holes longer than this are told as a gap and not read in.
  static final int HOLE_MAX = 500;

  /// Events kept of one conversation while a hole is filled; those over it are fetched later.
  private static final int HELD_MAX = 1_000;

  /// Reads the events after a seq. Fails with [Answer.RefusedException] where they are refused.
  interface Fetch {
    CompletionStage<JsonNode> after(UUID conversation, long seq);
  }

  /// What becomes of the events.
  interface Listener {
    void apply(ConversationEvent event);

    /// These are not delivered one by one: whoever wants them reads history.
    void gap(UUID conversation, long from, long to);

    /// One came that was applied before.
    void repeated(ConversationEvent event);
  }

  /// What is known of one conversation.
  private static final class Lane {
    private final NavigableMap<Long, ConversationEvent> held = new TreeMap<>();
    private long have;

    /// The newest seq heard of; the lane is whole when it has it.
    private long known;

    /// What the inbox says there is: to be had when the backlog is over.
    private long promised;

    private boolean filling;
    private int attempts;

    Lane(long have) {
      this.have = have;
      this.known = have;
    }
  }

  private final Map<UUID, Lane> lanes = new HashMap<>();

  /// How far those were that the inbox of a resume left out. Their person left; or views that are
  /// behind do not know a join yet whose events were applied here: then the same stay comes back,
  /// and the server tells those events again.
  private final Map<UUID, Long> leftOut = new HashMap<>();

  private final Fetch fetch;
  private final Listener listener;
  private final Executor owner;
  private final Timers timers;
  private final Backoff backoff;

  Order(Fetch fetch, Listener listener, Executor owner, Timers timers, Backoff backoff) {
    this.fetch = fetch;
    this.listener = listener;
    this.owner = owner;
    this.timers = timers;
    this.backoff = backoff;
  }

  Map<UUID, Long> heads() {
    var heads = HashMap.<UUID, Long>newHashMap(lanes.size());
    lanes.forEach((conversation, lane) -> heads.put(conversation, lane.have));
    return heads;
  }

  void start(Map<UUID, Long> heads) {
    heads.forEach((conversation, seq) -> lanes.put(conversation, new Lane(seq)));
  }

  /// Another log: no seq means anything any more.
  void clear() {
    lanes.clear();
    leftOut.clear();
  }

  void forget(UUID conversation) {
    lanes.remove(conversation);
    leftOut.remove(conversation);
  }

  /// The inbox at the moment of a resume. Resumed: what is known keeps its head, since its backlog
  /// follows. Not resumed: the snapshot is the new start of everything.
  ///
  /// @param kept conversations that are followed without being in the inbox
  void snapshot(List<InboxItem> inbox, boolean resumed, Iterable<UUID> kept) {
    var before = new HashMap<>(lanes);
    lanes.clear();
    for (var conversation : kept) {
      var lane = before.get(conversation);
      if (lane != null) {
        lanes.put(conversation, lane);
      }
    }
    for (var item : inbox) {
      var lane = resumed ? before.get(item.conversation()) : null;
      if (lane == null) {
        lane = new Lane(resumed ? start(item) : item.headSeq());
      }
      lane.promised = item.headSeq();
      lanes.put(item.conversation(), lane);
    }
    if (!resumed) {
      leftOut.clear();
      return;
    }
    before.forEach((conversation, lane) -> leftOut.put(conversation, lane.have));
    leftOut.keySet().removeAll(lanes.keySet());
  }

  /// Where one begins that was not there before: a stay that is known goes on.
  private long start(InboxItem item) {
    var known = leftOut.get(item.conversation());
    return known == null || item.joinedSeq() > known ? item.headSeq() : known;
  }

  /// The server says that it has sent what was missing: what is missing still is fetched.
  void caughtUp() {
    for (var conversation : new ArrayList<>(lanes.keySet())) {
      var lane = lanes.get(conversation);
      if (lane != null) {
        lane.known = Math.max(lane.known, lane.promised);
        fill(conversation);
      }
    }
  }

  /// A conversation is followed whose newest event is this one.
  void follow(UUID conversation, long head) {
    leftOut.remove(conversation);
    var lane = lanes.computeIfAbsent(conversation, _ -> new Lane(head));
    lane.known = Math.max(lane.known, head);
    fill(conversation);
  }

  void offer(ConversationEvent event) {
    long seq = event.seq();
    // Of a conversation never heard of, nothing before this is missing.
    var lane = lane(event.conversation(), seq);
    if (seq <= lane.have || lane.held.containsKey(seq)) {
      listener.repeated(event);
      return;
    }
    lane.known = Math.max(lane.known, seq);
    if (seq == lane.have + 1) {
      lane.have = seq;
      listener.apply(event);
      applyHeld(lane);
    } else if (lane.held.size() < HELD_MAX) {
      lane.held.put(seq, event);
    }
    fill(event.conversation());
  }

  void skip(UUID conversation, long from, long to) {
    var lane = lane(conversation, from);
    jump(conversation, lane, to);
    fill(conversation);
  }

  /// Of a conversation that begins, or begins again, with this seq.
  private Lane lane(UUID conversation, long seq) {
    return lanes.computeIfAbsent(
        conversation,
        _ -> {
          var known = leftOut.remove(conversation);
          return new Lane(known == null ? seq - 1 : Math.max(seq - 1, known));
        });
  }

  private void jump(UUID conversation, Lane lane, long to) {
    if (to <= lane.have) {
      return;
    }
    long from = lane.have + 1;
    lane.have = to;
    lane.known = Math.max(lane.known, to);
    lane.held.headMap(to, true).clear();
    listener.gap(conversation, from, to);
    applyHeld(lane);
  }

  private void applyHeld(Lane lane) {
    for (var next = lane.held.remove(lane.have + 1);
        next != null;
        next = lane.held.remove(lane.have + 1)) {
      lane.have++;
      listener.apply(next);
    }
  }

  private void fill(UUID conversation) {
    var lane = lanes.get(conversation);
    if (lane == null || lane.filling || lane.have >= lane.known) {
      return;
    }
    long through = end(lane);
    if (through - lane.have > HOLE_MAX) {
      jump(conversation, lane, through);
      fill(conversation);
      return;
    }
    lane.filling = true;
    var unused =
        fetch
            .after(conversation, lane.have)
            .whenCompleteAsync((page, failed) -> filled(conversation, lane, page, failed), owner);
  }

  /// The last seq of the hole.
  private static long end(Lane lane) {
    return lane.held.isEmpty() ? lane.known : lane.held.firstKey() - 1;
  }

  private void filled(
      UUID conversation, Lane lane, @Nullable JsonNode page, @Nullable Throwable failed) {
    lane.filling = false;
    if (lanes.get(conversation) != lane) {
      return;
    }
    if (isRefusal(failed)) {
      // Never to be seen by this person: told, rather than left out in silence.
      jump(conversation, lane, end(lane));
    }
    long before = lane.have;
    if (page != null) {
      take(lane, page);
    }
    if (lane.have > before || isRefusal(failed)) {
      lane.attempts = 0;
      fill(conversation);
    } else if (lane.have < lane.known) {
      lane.filling = true;
      timers.after(
          backoff.millis(lane.attempts++, ThreadLocalRandom.current()::nextDouble),
          () -> {
            lane.filling = false;
            fill(conversation);
          });
    }
  }

  private void take(Lane lane, JsonNode page) {
    long now = System.nanoTime();
    for (var json : page.path("events")) {
      long seq = json.path("seq").asLong();
      if (seq > lane.have) {
        lane.held.putIfAbsent(seq, ConversationEvent.of(json, now));
      }
    }
    applyHeld(lane);
  }

  private static boolean isRefusal(@Nullable Throwable failed) {
    var cause = failed instanceof CompletionException wrapped ? wrapped.getCause() : failed;
    return cause instanceof Answer.RefusedException refused
        && (refused.answer().status() == 403 || refused.answer().status() == 404);
  }
}
