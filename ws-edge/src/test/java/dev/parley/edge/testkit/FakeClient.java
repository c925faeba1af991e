package dev.parley.edge.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.hub.Receiver;
import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A session as the hub sees it, which applies what it is given by the client's rule and fails on
/// whatever is no next event.
public final class FakeClient implements Receiver {

  private final UUID id = Ids.uuid7();
  private final UUID user;
  private final Map<UUID, Long> heads = new HashMap<>();

  /// Everything, in order.
  public final List<JsonNode> frames = new ArrayList<>();

  /// What was not the next event.
  public final List<String> faults = new ArrayList<>();

  public boolean accepts = true;
  public boolean room = true;
  private List<Runnable> waiting = new ArrayList<>();

  public FakeClient(UUID user) {
    this.user = user;
  }

  /// A client that comes back with what it had.
  public FakeClient(UUID user, Map<UUID, Long> heads) {
    this(user);
    this.heads.putAll(heads);
  }

  public Map<UUID, Long> heads() {
    return Map.copyOf(heads);
  }

  public long head(UUID conversation) {
    return heads.getOrDefault(conversation, 0L);
  }

  public List<JsonNode> all(String type) {
    return frames.stream().filter(frame -> frame.path("t").asText().equals(type)).toList();
  }

  public List<Long> seqs(UUID conversation) {
    return all("event").stream()
        .map(frame -> frame.path("d"))
        .filter(d -> d.path("conversation").asText().equals(conversation.toString()))
        .map(d -> d.path("seq").asLong())
        .toList();
  }

  public void makeRoom() {
    room = true;
    var now = waiting;
    waiting = new ArrayList<>();
    now.forEach(Runnable::run);
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public UUID user() {
    return user;
  }

  @Override
  public boolean offer(Frame frame) {
    if (!accepts) {
      return false;
    }
    var json = json(frame);
    frames.add(json);
    var d = json.path("d");
    switch (json.path("t").asText()) {
      case "ready" -> ready(d);
      case "event" -> event(d);
      case "gap" -> gap(d);
      default -> {}
    }
    return true;
  }

  @Override
  public boolean hasRoom() {
    return room;
  }

  @Override
  public void whenRoom(Runnable task) {
    waiting.add(task);
  }

  private void ready(JsonNode ready) {
    if (!ready.path("resumed").asBoolean()) {
      heads.clear();
    }
    for (var item : ready.path("conversations")) {
      heads.putIfAbsent(
          UUID.fromString(item.path("conversation").asText()), item.path("head_seq").asLong());
    }
  }

  private void event(JsonNode event) {
    var conversation = UUID.fromString(event.path("conversation").asText());
    var seq = event.path("seq").asLong();
    var head = heads.get(conversation);
    if (head != null && seq != head + 1 && !isOwnJoin(event)) {
      faults.add("%s: %d came after %d".formatted(conversation, seq, head));
    }
    heads.put(conversation, seq);
  }

  /// Who was not a member may have an old head: the join is a new beginning.
  private boolean isOwnJoin(JsonNode event) {
    return event.path("type").asText().equals("member.joined")
        && event.path("data").path("user").asText().equals(user.toString());
  }

  private void gap(JsonNode gap) {
    var conversation = UUID.fromString(gap.path("conversation").asText());
    var from = gap.path("from").asLong();
    if (from != head(conversation) + 1 || gap.path("to").asLong() < from) {
      faults.add("%s: gap %s after %d".formatted(conversation, gap, head(conversation)));
    }
    heads.put(conversation, gap.path("to").asLong());
  }

  private static JsonNode json(Frame frame) {
    try {
      return Json.MAPPER.readTree(frame.bytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
