package dev.parley.simulation;

import com.google.protobuf.ByteString;
import dev.parley.log.LogEntry;
import dev.parley.projection.fold.Fold;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.wire.EventJson;
import dev.parley.simulation.Anomaly.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Holds what everybody saw against the committed log.
final class Verdict {

  /// Whose command it was.
  private record Asked(UUID command, UUID actor) {}

  private final World world;
  private final List<LogEntry> entries;
  private final Map<UUID, List<ChainedEvent>> log = new TreeMap<>();
  private final Map<Asked, Event> first = new HashMap<>();
  private final Map<UUID, Map<Long, String>> committed = new HashMap<>();
  private final List<Anomaly> anomalies = new ArrayList<>();

  Verdict(World world) {
    this.world = world;
    this.entries = world.log.allCommitted(Topics.EVENTS);
    for (var entry : entries) {
      var chained = entry.event();
      var event = chained.event();
      log.computeIfAbsent(event.conversation(), _ -> new ArrayList<>()).add(chained);
      first.putIfAbsent(new Asked(event.commandId(), event.actor()), event);
      committed
          .computeIfAbsent(event.conversation(), _ -> new HashMap<>())
          .put(event.seq(), EventJson.toJson(event, world.people.whole()).toString());
    }
  }

  /// Of a run that came to its end.
  List<Anomaly> anomalies() {
    ofLog();
    for (var client : world.clients) {
      anomalies.addAll(client.anomalies);
      answers(client);
      seen(client);
      level(client);
    }
    if (anomalies.isEmpty()) {
      views();
      unread();
      index();
    }
    return anomalies;
  }

  /// Of the log alone.
  List<Anomaly> ofLog() {
    log.forEach(this::chain);
    shown();
    return anomalies;
  }

  private void chain(UUID conversation, List<ChainedEvent> events) {
    var hash = ByteString.EMPTY;
    long seq = 0;
    Set<UUID> messages = new HashSet<>();
    Set<Asked> done = new HashSet<>();
    Asked last = null;
    for (var chained : events) {
      var event = chained.event();
      if (event.seq() <= seq) {
        found(Kind.TWO_WITH_ONE_SEQ, "%s has %d twice", conversation, event.seq());
      } else if (event.seq() > seq + 1) {
        found(Kind.HOLE, "%s goes from %d to %d", conversation, seq, event.seq());
      }
      if (!event.prevHash().equals(hash) || !EventCodec.verify(chained.record())) {
        found(Kind.BROKEN_CHAIN, "%s at %d", conversation, event.seq());
      }
      if (event.data() instanceof EventData.MessageSent sent) {
        if (!messages.add(sent.message())) {
          found(Kind.DUPLICATED, "%s has %s twice", conversation, sent.message());
        }
        if (world.talk.textOf(sent.message()) == null) {
          found(Kind.PHANTOM, "%s has %s, which nobody sent", conversation, sent.message());
        }
      }
      // All events of one command stand together, and that only once.
      var asked = new Asked(event.commandId(), event.actor());
      if (!asked.equals(last) && !done.add(asked)) {
        found(Kind.DUPLICATED, "%s has %s carried out twice", conversation, event.commandId());
      }
      last = asked;
      seq = event.seq();
      hash = chained.hash();
    }
  }

  /// What was readable before its commit, also where the commit never came, is what was committed
  /// in the end: on that answers that run ahead of it are built.
  private void shown() {
    var records = new HashMap<UUID, Map<Long, byte[]>>();
    for (var entry : entries) {
      var event = entry.event().event();
      records
          .computeIfAbsent(event.conversation(), _ -> new HashMap<>())
          .put(event.seq(), entry.value());
    }
    for (var partition : world.log.partitionsOf(Topics.EVENTS)) {
      for (var entry : world.log.uncommitted(partition, 0, Integer.MAX_VALUE).entries()) {
        var event = entry.event().event();
        var record = records.getOrDefault(event.conversation(), Map.of()).get(event.seq());
        if (!Arrays.equals(record, entry.value())) {
          found(
              Kind.DIVERGED,
              "%s was decided twice at %d, and not alike",
              event.conversation(),
              event.seq());
        }
      }
    }
  }

  private void answers(Client client) {
    for (var answer : client.answers) {
      var request = answer.request();
      if (request.isCommand()) {
        var event = first.get(new Asked(request.id(), client.user));
        if (event == null && !isSo(answer)) {
          found(
              Kind.LOST, "%s of %s was answered and is not in the log", request.id(), client.user);
        } else if (event != null && event.seq() != answer.seq() && !answer.duplicate()) {
          found(
              Kind.SEQ_CHANGED,
              "%s was answered with %d and is at %d",
              request.id(),
              answer.seq(),
              event.seq());
        } else if (event != null && event.seq() != answer.seq() && request.type().equals("send")) {
          found(
              Kind.SEQ_CHANGED,
              "%s was answered again with %d and is at %d",
              request.id(),
              answer.seq(),
              event.seq());
        }
      }
    }
    for (var refusal : client.refusals) {
      var event = first.get(new Asked(refusal.request().id(), client.user));
      if (event != null) {
        found(
            Kind.ANSWER_TO_FAILED_SEND,
            "%s of %s was refused with %s and is in %s at %d",
            refusal.request().id(),
            client.user,
            refusal.code(),
            event.conversation(),
            event.seq());
      }
    }
    for (var request : client.unanswered()) {
      found(Kind.LOST, "%s of %s never got an answer", request.id(), client.user);
    }
  }

  /// Nothing was to be done: what it asks for was so already, by another command.
  private static boolean isSo(Client.Answer answer) {
    return answer.duplicate() && !answer.request().type().equals("send");
  }

  private void seen(Client client) {
    for (var one : client.seen) {
      var event = committed.getOrDefault(one.conversation(), Map.of()).get(one.seq());
      if (event == null) {
        found(Kind.PHANTOM, "%s was shown %d of %s", client.user, one.seq(), one.conversation());
      } else if (!event.equals(one.event()) && !one.event().equals(erased(one))) {
        found(
            Kind.DIVERGED, "%s was shown %s, and the log has %s", client.user, one.event(), event);
      }
      if (one.pushed() && !maySee(client.user, one.conversation(), one.seq())) {
        found(
            Kind.READ_AFTER_REMOVAL,
            "%s was sent %d of %s as no member",
            client.user,
            one.seq(),
            one.conversation());
      }
    }
  }

  /// How it is shown once its author was erased; null: they were not.
  private @Nullable String erased(Client.Seen one) {
    for (var chained : log.getOrDefault(one.conversation(), List.of())) {
      var event = chained.event();
      if (event.seq() == one.seq() && world.people.isErased(event.actor())) {
        return EventJson.toJson(event, world.reader).toString();
      }
    }
    return null;
  }

  /// From the join to the event that ends it, both included; of what one created, from the start.
  private boolean maySee(UUID user, UUID conversation, long seq) {
    var member = false;
    for (var chained : log.getOrDefault(conversation, List.of())) {
      var event = chained.event();
      var ends = user.equals(left(event));
      if (event.data() instanceof EventData.MemberJoined(var joined, _) && joined.equals(user)) {
        member = true;
      }
      if (event.seq() >= seq) {
        return member || (event.seq() == 1 && event.actor().equals(user));
      }
      member &= !ends;
    }
    return false;
  }

  static @Nullable UUID left(Event event) {
    if (event.data() instanceof EventData.MemberLeft(var user)) {
      return user;
    }
    return event.data() instanceof EventData.MemberRemoved(var user) ? user : null;
  }

  private void level(Client client) {
    log.forEach((conversation, events) -> {
      long head = events.getLast().event().seq();
      if (!client.isGone()
          && isMemberAtEnd(client.user, conversation)
          && !has(client, conversation, head)) {
        var lane = client.lanes.get(conversation);
        found(
            Kind.HOLE,
            "%s never gets beyond %d of %d in %s",
            client.name,
            lane == null ? 0 : lane.have,
            head,
            conversation);
      }
    });
  }

  private boolean isMemberAtEnd(UUID user, UUID conversation) {
    var member = false;
    for (var chained : log.getOrDefault(conversation, List.of())) {
      if (chained.event().data() instanceof EventData.MemberJoined(var joined, _)
          && joined.equals(user)) {
        member = true;
      }
      member &= !user.equals(left(chained.event()));
    }
    return member;
  }

  private static boolean has(Client client, UUID conversation, long head) {
    var lane = client.lanes.get(conversation);
    return lane != null && lane.have == head;
  }

  private void views() {
    var atOnce = new ViewRows();
    atOnce.apply(
        Fold.fold(entries.stream().map(entry -> Views.opened(entry, world.reader)).toList()));
    for (var conversation : log.keySet()) {
      for (var chained : log.getOrDefault(conversation, List.of())) {
        if (chained.event().data() instanceof EventData.MessageDeleted(var message, _)) {
          var row = world.views.rows.messages(conversation).get(message);
          if (row != null && !row.deleted()) {
            found(Kind.RESURRECTED_DELETE, "%s of %s is shown", message, conversation);
          }
        }
      }
    }
    if (anomalies.isEmpty() && !atOnce.text().equals(world.views.rows.text())) {
      found(
          Kind.VIEW_DIFFERS,
          "The views have\n%s\nand the log says\n%s",
          world.views.rows.text(),
          atOnce.text());
    }
  }

  private void index() {
    var index = new IndexVerdict(world, entries.stream().map(e -> e.event().event()).toList());
    var expected = index.expected();
    var actual = index.actual();
    if (!actual.equals(expected)) {
      found(Kind.INDEX_DIFFERS, "The index has\n%s\nand the log says\n%s", actual, expected);
    }
    for (var one : world.indexing.found) {
      if (!maySee(one.user(), one.conversation(), one.seq())) {
        found(
            Kind.READ_AFTER_REMOVAL,
            "%s could find %d of %s as no member",
            one.user(),
            one.seq(),
            one.conversation());
      }
    }
  }

  /// Counted one by one.
  private void unread() {
    var marks = world.log.allCommitted(Topics.MARKS).stream().map(LogEntry::personal).toList();
    for (var conversation : log.keySet()) {
      for (var user : world.people.all()) {
        if (!isMemberAtEnd(user, conversation)) {
          continue;
        }
        long read = 0;
        for (var mark : marks) {
          if (mark.conversation().equals(conversation)
              && mark.user().equals(user)
              && mark.value() instanceof Personal.Read(var seq)) {
            read = Math.max(read, seq);
          }
        }
        long unread = 0;
        for (var chained : log.getOrDefault(conversation, List.of())) {
          var event = chained.event();
          if (event.data() instanceof EventData.MessageSent) {
            unread = event.actor().equals(user) || event.seq() <= read ? 0 : unread + 1;
          } else if (event.data() instanceof EventData.MemberJoined(var joined, _)
              && joined.equals(user)) {
            unread = 0;
          }
        }
        long shown = world.views.rows.unread(conversation, user);
        if (shown != unread) {
          found(Kind.WRONG_UNREAD, "%s has %d in %s, not %d", user, unread, conversation, shown);
        }
      }
    }
  }

  /// @param about ids are told by their short names
  @SuppressWarnings("AnnotateFormatMethod") // For this class alone.
  private void found(Kind kind, String evidence, Object... about) {
    for (var i = 0; i < about.length; i++) {
      about[i] = about[i] instanceof UUID id ? world.trace.name(id) : about[i];
    }
    anomalies.add(new Anomaly(kind, evidence.formatted(about)));
  }
}
