package dev.parley.bench.check.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.ChatListener;
import dev.parley.client.ConnectionState;
import dev.parley.client.ConversationEvent;
import dev.parley.client.InboxItem;
import dev.parley.client.Position;
import dev.parley.client.Ready;
import dev.parley.client.Reply;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What one client was told, recorded where an application would sit: after the client's own rule
/// of order. Events that came again over the wire, which that rule hides, are recorded beside them.
///
/// Told on the client's thread, read from any.
public final class ClientHistory implements ChatListener {

  private static final UUID NO_ID = new UUID(0, 0);

  /// An item of an inbox as it was shown.
  ///
  /// @param joined where the person's present stay began
  public record Shown(UUID conversation, long head, long read, long joined, long unread) {}

  private final String name;
  private final UUID user;
  private final Journal journal;
  private final Map<UUID, Received> received = new ConcurrentHashMap<>();
  private final Map<UUID, Received> repeated = new ConcurrentHashMap<>();
  private final Map<UUID, Long> heads = new ConcurrentHashMap<>();

  /// How far it was in those that the inbox of a resume left out.
  private final Map<UUID, Long> leftOut = new HashMap<>();

  private final List<Shown> shown = new ArrayList<>();
  private final Map<Integer, Long> closes = new HashMap<>();
  private long connections;
  private long resumed;
  private long gaps;
  private long delivered;
  private volatile Position end = Position.NOWHERE;

  ClientHistory(String name, UUID user, Journal journal) {
    this.name = name;
    this.user = user;
    this.journal = journal;
  }

  public String name() {
    return name;
  }

  public UUID user() {
    return user;
  }

  /// The last seq that it was told of a conversation; 0: none.
  public long head(UUID conversation) {
    return heads.getOrDefault(conversation, 0L);
  }

  public Set<UUID> conversations() {
    return Set.copyOf(received.keySet());
  }

  public Received received(UUID conversation) {
    return received.getOrDefault(conversation, new Received());
  }

  /// Events that came again over the wire.
  public Received repeated(UUID conversation) {
    return repeated.getOrDefault(conversation, new Received());
  }

  public synchronized List<Shown> shown() {
    return List.copyOf(shown);
  }

  public synchronized Map<Integer, Long> closes() {
    return Map.copyOf(closes);
  }

  public synchronized long connections() {
    return connections;
  }

  /// Connections that went on where the one before had ended.
  public synchronized long resumed() {
    return resumed;
  }

  public synchronized long gaps() {
    return gaps;
  }

  public synchronized long delivered() {
    return delivered;
  }

  /// What it had when it ended; nothing while it runs.
  public Position end() {
    return end;
  }

  /// It ends with this position.
  public void ended(Position position) {
    end = position;
    journal.note(
        name,
        "position",
        line -> {
          var content = line.putObject("heads");
          position
              .heads()
              .forEach((conversation, seq) -> content.put(conversation.toString(), seq));
        });
  }

  @Override
  public synchronized void event(ConversationEvent event) {
    delivered++;
    heads.merge(event.conversation(), event.seq(), Math::max);
    record(received, event, "event");
  }

  @Override
  public void repeated(ConversationEvent event) {
    record(repeated, event, "repeated");
  }

  @Override
  public synchronized void gap(UUID conversation, long from, long to) {
    gaps++;
    heads.merge(conversation, to, Math::max);
    of(received, conversation).mark(Received.Kind.GAP, from, to);
    journal.note(
        name,
        "gap",
        line -> line.put("conversation", conversation.toString()).put("from", from).put("to", to));
  }

  @Override
  public synchronized void ready(Ready ready) {
    connections++;
    if (ready.resumed()) {
      resumed++;
    }
    var told = new HashSet<UUID>();
    for (var item : ready.conversations()) {
      told.add(item.conversation());
      begin(item, ready.resumed());
      shown.add(
          new Shown(
              item.conversation(),
              item.headSeq(),
              item.readSeq(),
              item.joinedSeq(),
              item.unread()));
    }
    for (var conversation : Set.copyOf(heads.keySet())) {
      if (!told.contains(conversation)) {
        end(conversation, ready.resumed());
      }
    }
    journal.note(
        name,
        "ready",
        line ->
            line.put("resumed", ready.resumed())
                .put("session", ready.session().toString())
                .set("conversations", inbox(ready)));
  }

  @Override
  public void state(ConnectionState state) {
    journal.note(name, "state", line -> line.put("state", state.toString()));
  }

  @Override
  public synchronized void ended(int code, String reason) {
    closes.merge(code, 1L, Long::sum);
    journal.note(name, "closed", line -> line.put("code", code).put("reason", reason));
  }

  @Override
  public void refused(Reply.Refused refusal) {
    journal.note(name, "handshake refused", line -> line.put("code", refusal.code()));
  }

  /// A conversation that the client knew goes on where it was if the connection was resumed, also
  /// if an inbox between left out the stay; any other begins at the snapshot.
  private void begin(InboxItem item, boolean goesOn) {
    var conversation = item.conversation();
    var before = leftOut.remove(conversation);
    if (goesOn && heads.containsKey(conversation)) {
      return;
    }
    long start = goesOn && before != null && item.joinedSeq() <= before ? before : item.headSeq();
    heads.put(conversation, start);
    of(received, conversation).mark(Received.Kind.START, start, start);
  }

  /// The inbox leaves it out.
  private void end(UUID conversation, boolean goesOn) {
    var had = heads.remove(conversation);
    if (goesOn && had != null) {
      leftOut.put(conversation, had);
    } else {
      leftOut.remove(conversation);
    }
    of(received, conversation).mark(Received.Kind.END, 0, 0);
  }

  private void record(Map<UUID, Received> where, ConversationEvent event, String what) {
    of(where, event.conversation())
        .event(event.seq(), Digests.identity(event.json()), Digests.shownText(event.json()));
    journal.note(
        name,
        what,
        line ->
            line.put("conversation", event.conversation().toString())
                .put("seq", event.seq())
                .put("type", event.type())
                .put("id", event.id().toString())
                .put("text", Digests.shownText(event.json())));
  }

  private static Received of(Map<UUID, Received> where, UUID conversation) {
    if (conversation.equals(NO_ID)) {
      throw new IllegalArgumentException("Expected an event of a conversation, but it names none");
    }
    return where.computeIfAbsent(conversation, _ -> new Received());
  }

  private static JsonNode inbox(Ready ready) {
    var items = Json.MAPPER.createArrayNode();
    for (var item : ready.conversations()) {
      items
          .addObject()
          .put("conversation", item.conversation().toString())
          .put("head", item.headSeq())
          .put("read", item.readSeq())
          .put("unread", item.unread());
    }
    return items;
  }
}
