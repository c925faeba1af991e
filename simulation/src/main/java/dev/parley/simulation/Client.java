package dev.parley.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.EventJson;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A device of a person, by the rules of the protocol: applies an event only if its seq is the next
/// one, reads what is missing, resumes with what it has, and asks with the same ids until it is
/// answered. Notes all that it is given, and whatever of it the edge had promised not to send.
final class Client {

  /// @param duplicate whether the command had been decided before
  record Answer(Request request, long seq, boolean duplicate) {}

  record Refusal(Request request, String code) {}

  /// @param pushed on the socket, rather than read from history
  record Seen(UUID conversation, long seq, String event, boolean pushed) {}

  private static final int ANSWER_MILLIS = 3_000;
  private static final int FETCH_MAX = 8;

  final UUID user;
  final String name;
  final List<Answer> answers = new ArrayList<>();
  final List<Refusal> refusals = new ArrayList<>();
  final List<Seen> seen = new ArrayList<>();
  final List<Anomaly> anomalies = new ArrayList<>();
  final Map<UUID, Lane> lanes = new TreeMap<>();
  private final World world;
  private final Scheduler scheduler;
  private final Map<Long, Request> unanswered = new LinkedHashMap<>();

  /// What each frame with a request is a try of, and the last try of each: the first is 2.
  private final Map<Long, Long> tries = new HashMap<>();

  private final Map<Long, Long> lastTry = new HashMap<>();
  private long nextTry = 2;
  private @Nullable Socket socket;
  private boolean live;
  private boolean slow;
  private boolean gone;
  private long lastFrame = 1;

  private long resumes;
  private long gaps;

  /// What the edge has sent on this socket, by conversation.
  private final Map<UUID, Long> sent = new HashMap<>();

  /// Whether the edge was told on this socket what is here, and may send it again.
  private boolean asksAgain;

  Client(World world, UUID user, String name) {
    this.world = world;
    this.scheduler = world.scheduler;
    this.user = user;
    this.name = name;
    ping();
  }

  boolean reads() {
    return !slow;
  }

  void readSlowly(boolean slowly) {
    slow = slowly;
  }

  boolean isLive() {
    return live;
  }

  /// Whether it has nothing to wait for; what is gone waits for nothing.
  boolean isLevel() {
    return gone || (live && unanswered.isEmpty());
  }

  /// Its account is no more: it is shown nothing and asks nothing.
  void leaveForEver() {
    gone = true;
    unanswered.clear();
    lose(true);
  }

  boolean isGone() {
    return gone;
  }

  /// How often it went on from where it was.
  long resumes() {
    return resumes;
  }

  long gaps() {
    return gaps;
  }

  @Nullable Socket socket() {
    return socket;
  }

  List<Request> unanswered() {
    return List.copyOf(unanswered.values());
  }

  void connect() {
    if (gone) {
      return;
    }
    var edge = world.anyEdge();
    if (edge == null) {
      scheduler.soon(200, this::connect);
      return;
    }
    sent.clear();
    asksAgain = false;
    socket = edge.accept(this);
    world.trace.step(name, "connects to " + edge.name);
    resume();
  }

  /// The network between is cut, or the edge is gone.
  void lose(boolean noticed) {
    var lost = socket;
    if (lost != null) {
      lost.cut(noticed);
      disconnected();
    }
  }

  void closed(Socket by, String code) {
    if (by == socket) {
      world.trace.step(name, "is closed: " + code);
      disconnected();
    }
  }

  void ask(Request request) {
    if (gone) {
      return;
    }
    var frame = ++lastFrame;
    unanswered.put(frame, request);
    if (live) {
      put(frame);
    }
  }

  void received(Socket on, byte[] message) {
    if (on != socket) {
      return;
    }
    for (var line : new String(message, StandardCharsets.UTF_8).lines().toList()) {
      var json = json(line);
      if (json.has("t")) {
        pushed(json.path("t").asText(), json.path("d"));
      } else {
        answered(json);
      }
    }
  }

  private void resume() {
    var content = Json.MAPPER.createObjectNode();
    if (!lanes.isEmpty()) {
      var heads = content.putObject("heads");
      lanes.forEach((id, lane) -> {
        heads.put(id.toString(), lane.have);
        sent.put(id, lane.have);
      });
    }
    send(1, "resume", content);
  }

  private void disconnected() {
    socket = null;
    live = false;
    scheduler.soon(
        800,
        () -> {
          if (socket == null) {
            connect();
          }
        });
  }

  private void send(long frame, String type, ObjectNode content) {
    if (socket != null) {
      var json = Json.MAPPER.createObjectNode().put("id", frame).put("t", type);
      json.set("d", content);
      socket.send(json.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void put(long frame) {
    var request = unanswered.get(frame);
    if (request == null || !live) {
      return;
    }
    var attempt = nextTry++;
    tries.put(attempt, frame);
    lastTry.put(frame, attempt);
    send(attempt, request.type(), request.content());
    var on = socket;
    scheduler.after(
        ANSWER_MILLIS,
        () -> {
          if (on == socket) {
            put(frame);
          }
        });
  }

  /// Tells the edge now and then what is here of some conversation.
  private void ping() {
    scheduler.after(
        5_000 + scheduler.random.nextInt(5_000),
        () -> {
          if (live) {
            var content = Json.MAPPER.createObjectNode();
            if (!lanes.isEmpty()) {
              var id = List.copyOf(lanes.keySet()).get(scheduler.random.nextInt(lanes.size()));
              content.putObject("heads").put(id.toString(), have(id));
              asksAgain = true;
            }
            send(0, "ping", content);
          }
          ping();
        });
  }

  private long have(UUID conversation) {
    var lane = lanes.get(conversation);
    return lane == null ? 0 : lane.have;
  }

  private void answered(JsonNode json) {
    var attempt = json.path("id").asLong();
    if (attempt == 1) {
      if (json.has("err")) {
        scheduler.soon(500, this::resume);
      }
      return;
    }
    var frame = tries.remove(attempt);
    var request = frame == null ? null : unanswered.get(frame);
    if (frame == null || request == null) {
      return;
    }
    var error = json.path("err");
    if (json.has("err") && attempt != lastTry.getOrDefault(frame, 0L)) {
      // Of this try alone: the answer to the last one is waited for.
      return;
    }
    if (error.path("temporary").asBoolean()) {
      scheduler.soon(1_000, () -> put(frame));
      return;
    }
    unanswered.remove(frame);
    if (json.has("err")) {
      refusals.add(new Refusal(request, error.path("code").asText()));
    } else {
      var ok = json.path("ok");
      answers.add(new Answer(request, ok.path("seq").asLong(), ok.path("duplicate").asBoolean()));
    }
    world.trace.step(
        name,
        "is answered %s: %s %d"
            .formatted(
                world.trace.name(request.id()),
                json.has("err") ? error.path("code").asText() : "ok",
                json.path("ok").path("seq").asLong()));
  }

  private void pushed(String type, JsonNode content) {
    switch (type) {
      case "ready" -> ready(content);
      case "event" -> event(content);
      case "gap" -> gap(content);
      case "live" -> caughtUp();
      case "ping" -> send(0, "pong", Json.MAPPER.createObjectNode());
      // Without a seq: may come or not.
      default -> {}
    }
  }

  private void ready(JsonNode content) {
    var resumed = content.path("resumed").asBoolean();
    resumes += resumed ? 1 : 0;
    var before = new HashMap<>(lanes);
    lanes.clear();
    var told = new HashMap<>(resumed ? sent : Map.<UUID, Long>of());
    sent.clear();
    for (var item : content.path("conversations")) {
      var id = UUID.fromString(item.path("conversation").asText());
      long head = item.path("head_seq").asLong();
      var lane = resumed ? before.get(id) : null;
      if (lane == null) {
        lane = new Lane(head);
      }
      lane.promised = head;
      lanes.put(id, lane);
      // What the snapshot does not name is not there, and begins anew if it comes.
      sent.put(id, told.getOrDefault(id, head));
    }
    world.trace.step(name, "is ready, resumed " + resumed + ", conversations " + lanes.size());
    live = true;
    List.copyOf(unanswered.keySet()).forEach(this::put);
  }

  private void caughtUp() {
    List.copyOf(lanes.keySet())
        .forEach(id -> {
          var lane = lanes.get(id);
          if (lane != null) {
            lane.known = Math.max(lane.known, lane.promised);
            fill(id);
          }
        });
  }

  private void event(JsonNode content) {
    var id = UUID.fromString(content.path("conversation").asText());
    long seq = content.path("seq").asLong();
    promisesHold(id, seq);
    sent.merge(id, seq, Math::max);
    seen.add(new Seen(id, seq, content.toString(), true));
    var lane = lanes.computeIfAbsent(id, _ -> new Lane(seq - 1));
    if (seq <= lane.have) {
      return;
    }
    lane.known = Math.max(lane.known, seq);
    lane.held.put(seq, content);
    applyHeld(id, lane);
    fill(id);
  }

  /// Each once, in order, without a hole that is not told: what the edge promises for a socket.
  private void promisesHold(UUID id, long seq) {
    var last = sent.get(id);
    if (last == null || seq == last + 1) {
      return;
    }
    if (seq > last) {
      found(Anomaly.Kind.HOLE, id, seq, last);
    } else if (!asksAgain) {
      var given = seen.stream().anyMatch(one -> one.conversation().equals(id) && one.seq() == seq);
      found(given ? Anomaly.Kind.DUPLICATED : Anomaly.Kind.REORDERED, id, seq, last);
    }
  }

  private void found(Anomaly.Kind kind, UUID id, long seq, long last) {
    var anomaly =
        new Anomaly(
            kind, "%s was sent %d of %s after %d".formatted(name, seq, world.trace.name(id), last));
    anomalies.add(anomaly);
    world.trace.step(name, anomaly.toString());
  }

  private void gap(JsonNode content) {
    var id = UUID.fromString(content.path("conversation").asText());
    long to = content.path("to").asLong();
    gaps++;
    sent.merge(id, to, Math::max);
    world.trace.step(
        name,
        "is told of a gap %d-%d in %s"
            .formatted(content.path("from").asLong(), to, world.trace.name(id)));
    var lane = lanes.computeIfAbsent(id, _ -> new Lane(content.path("from").asLong() - 1));
    lane.jump(to);
    applyHeld(id, lane);
    fill(id);
  }

  private void applyHeld(UUID id, Lane lane) {
    for (var next = lane.held.remove(lane.have + 1);
        next != null;
        next = lane.held.remove(lane.have + 1)) {
      lane.have++;
      world.trace.step(name, "applies %d of %s".formatted(lane.have, world.trace.name(id)));
    }
  }

  private void fill(UUID id) {
    var lane = lanes.get(id);
    if (lane == null || lane.filling || !lane.isBehind()) {
      return;
    }
    lane.filling = true;
    scheduler.soon(
        30,
        () -> {
          lane.filling = false;
          if (lanes.get(id) == lane && lane.isBehind()) {
            fetch(id, lane);
          }
        });
  }

  private void fetch(UUID id, Lane lane) {
    var views = world.views;
    if (views.isUp() && !views.rows.isMember(id, user)) {
      // Never to be seen by this person, as far as the views know.
      lane.jump(lane.endOfHole());
    } else if (views.isUp()) {
      for (var chained : views.rows.after(id, lane.have, FETCH_MAX)) {
        var json = EventJson.toJson(chained.event(), world.reader);
        seen.add(new Seen(id, chained.event().seq(), json.toString(), false));
        lane.held.putIfAbsent(chained.event().seq(), json);
      }
    }
    applyHeld(id, lane);
    fill(id);
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
