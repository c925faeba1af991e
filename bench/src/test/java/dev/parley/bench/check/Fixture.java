package dev.parley.bench.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.parley.bench.check.history.ClientHistory;
import dev.parley.bench.check.history.Digests;
import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Issued;
import dev.parley.bench.check.history.Journal;
import dev.parley.bench.check.history.Person;
import dev.parley.client.ConversationEvent;
import dev.parley.client.Position;
import dev.parley.client.Reply;
import dev.parley.client.Tokens;
import dev.parley.log.testkit.InMemoryLog;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.EventJson;
import dev.parley.schemas.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A room with Ada, who owns it, and Bob, who was invited: a history and a log that agree, until a
/// test makes them differ.
final class Fixture {

  static final UUID ROOM = Ids.uuid7();

  private static final ContentReader READER = new ContentReader(_ -> new KeyLookup.Unknown());

  final History history = new History(Journal.none());
  final Person adaHerself = person("ada");
  final Person bobHimself = person("bob");
  final ClientHistory ada = history.client("ada/1", adaHerself);
  final ClientHistory bob = history.client("bob/1", bobHimself);
  private final InMemoryLog log = new InMemoryLog(2);
  private final List<ChainedEvent> events = new ArrayList<>();
  private ByteString head = ByteString.EMPTY;
  private long seq;
  private long ordinal;

  Fixture() {
    history.conversation(ROOM, adaHerself.user());
    var create = Ids.uuid7();
    history.issued(ada, Issued.Kind.CREATE, ROOM, create, Digests.GONE);
    append(
        create,
        ada,
        new EventData.ConversationCreated(
            ConversationKind.GROUP, "room", "", HistoryVisibility.FROM_JOINING, false));
    append(create, ada, new EventData.MemberJoined(ada.user(), Role.OWNER));
    append(create, ada, new EventData.MemberJoined(bob.user(), Role.MEMBER));
    answer(ada, create, 1);
  }

  /// A message that is sent, stored and answered.
  UUID said(String text) {
    var message = issued(text);
    stored(message, text);
    answer(ada, message, seq);
    return message;
  }

  /// Ada sends it, and that is all.
  UUID issued(String text) {
    var message = Ids.uuid7();
    history.issued(ada, Issued.Kind.SEND, ROOM, message, Digests.text(text));
    return message;
  }

  /// The same for later; answered with the seq of the order, which is in another conversation.
  UUID scheduled(String text) {
    var message = Ids.uuid7();
    history.issued(ada, Issued.Kind.SCHEDULE, ROOM, message, Digests.text(text));
    answer(ada, message, 70);
    return message;
  }

  ChainedEvent stored(UUID message, String text) {
    ordinal++;
    return append(message, ada, sent(message, text));
  }

  ChainedEvent deleted(UUID message) {
    var command = issued(Issued.Kind.DELETE);
    return append(command, ada, new EventData.MessageDeleted(message));
  }

  ChainedEvent edited(UUID message, String text) {
    var command = Ids.uuid7();
    history.issued(ada, Issued.Kind.EDIT, ROOM, command, Digests.text(text));
    return append(command, ada, new EventData.MessageEdited(message, 1, body(text)));
  }

  ChainedEvent pinned(UUID message) {
    return append(issued(Issued.Kind.PIN), ada, new EventData.MessagePinned(message));
  }

  ChainedEvent unpinned(UUID message) {
    return append(issued(Issued.Kind.UNPIN), ada, new EventData.MessageUnpinned(message));
  }

  /// Two attempts of one command: the first finds the message pinned, the second pins it anew.
  void pinnedByItsResend(UUID message, long firstPin) {
    var command = issued(Issued.Kind.PIN);
    var found = Json.MAPPER.createObjectNode().put("seq", firstPin).put("duplicate", true);
    history.answered(ada, command, new Reply.Done(found));
    unpinned(message);
    append(command, ada, new EventData.MessagePinned(message));
  }

  /// In a thread.
  ChainedEvent answered(String text, UUID root) {
    var message = issued(text);
    ordinal++;
    return append(message, ada, new EventData.MessageSent(message, body(text), null, root, false));
  }

  ChainedEvent removedBob() {
    return append(issued(Issued.Kind.REMOVE), ada, new EventData.MemberRemoved(bob.user()));
  }

  void answer(ClientHistory client, UUID id, long at) {
    history.answered(client, id, new Reply.Done(Json.MAPPER.createObjectNode().put("seq", at)));
  }

  void refuse(ClientHistory client, UUID id) {
    history.answered(client, id, new Reply.Refused("not_found", false, 0, ""));
  }

  /// What a client is told of an event of the log.
  static ObjectNode json(ChainedEvent event) {
    return EventJson.toJson(event.event(), READER);
  }

  static ConversationEvent told(ObjectNode json) {
    return new ConversationEvent(
        ROOM,
        json.path("seq").asLong(),
        json.path("ordinal").asLong(),
        json.path("type").asText(),
        Ids.required(json.path("id").asText()),
        Instant.parse(json.path("at").asText()),
        Ids.required(json.path("actor").asText()),
        json,
        0);
  }

  /// Everything of the log, from the beginning to its end.
  void tellEverything(ClientHistory client) {
    events.forEach(event -> client.event(told(json(event))));
    hasEverything(client);
  }

  void tellLast(ClientHistory client) {
    client.event(told(json(events.getLast())));
  }

  void hasEverything(ClientHistory client) {
    client.ended(new Position("e1", Map.of(ROOM, seq)));
  }

  ChainedEvent event(long at) {
    return events.get((int) at - 1);
  }

  long head() {
    return seq;
  }

  /// What Ada would say, at a place and after a hash of one's own choosing.
  ChainedEvent forged(long at, UUID message, String text, ByteString before) {
    return EventCodec.chain(
        new Event(ROOM, at, at, at, ada.user(), message, "e1", before, "", sent(message, text)));
  }

  /// Adds a record as it is.
  void append(ChainedEvent event) {
    log.append(event);
    head = event.hash();
    seq = event.event().seq();
    events.add(event);
  }

  ByteString headHash() {
    return head;
  }

  LogChecker log() {
    var checker = new LogChecker(Set.of(ROOM));
    log.deliver(checker, 3);
    return checker;
  }

  List<AnomalyKind> kinds() {
    return Check.told(history, log()).listed().stream().map(Anomaly::kind).toList();
  }

  private UUID issued(Issued.Kind kind) {
    var command = Ids.uuid7();
    history.issued(ada, kind, ROOM, command, Digests.GONE);
    return command;
  }

  private ChainedEvent append(UUID command, ClientHistory actor, EventData data) {
    var event =
        EventCodec.chain(
            new Event(ROOM, ++seq, ordinal, seq, actor.user(), command, "e1", head, "", data));
    head = event.hash();
    log.append(event);
    events.add(event);
    return event;
  }

  private static EventData.MessageSent sent(UUID message, String text) {
    return new EventData.MessageSent(message, body(text), null, null, false);
  }

  private static Body body(String text) {
    return new Body.Plain(new Content(text, List.of()));
  }

  private static Person person(String name) {
    return new Person(name, Ids.uuid7(), Tokens.fixed("none"));
  }
}
