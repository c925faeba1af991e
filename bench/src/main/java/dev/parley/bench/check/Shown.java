package dev.parley.bench.check;

import dev.parley.bench.check.history.Digests;
import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Person;
import dev.parley.bench.check.rules.FoldedMessage;
import dev.parley.bench.check.rules.UnreadRules;
import dev.parley.bench.check.rules.ViewRules;
import dev.parley.client.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares the views and the index with the log, conversation by conversation. They follow the
/// log: what is not right yet is looked at again until it is or the time is over.
final class Shown {

  private static final long LOOK_EVERY_MILLIS = 500;
  // Every page of a conversation is read for each of them.
  private static final int FORMER_MEMBERS_MAX = 4;

  private final History history;
  private final LogChecker log;
  private final Set<UUID> conversations;
  private final ClientReads reads;
  private final Sources.Limits limits;
  private final Findings findings = new Findings();
  private long messages;
  private long found;
  private long inboxes;

  Shown(
      History history,
      LogChecker log,
      Set<UUID> conversations,
      Sources sources,
      Sources.Limits limits) {
    this.history = history;
    this.log = log;
    this.conversations = Set.copyOf(conversations);
    this.reads = new ClientReads(sources.rest());
    this.limits = limits;
  }

  /// @param counts what was compared is added to them
  Findings compare(Map<String, Long> counts) throws InterruptedException {
    long viewsDeadline = System.nanoTime() + limits.views().toNanos();
    long indexDeadline = System.nanoTime() + limits.index().toNanos();
    for (var conversation : conversations) {
      var events = log.conversation(conversation);
      var owner = person(history.owner(conversation));
      var folded = FoldedMessage.all(events, history);
      compare(() -> views(owner, events, folded), viewsDeadline);
      compare(() -> index(owner, events, folded), indexDeadline);
      for (var reader : readersWhoMayNot(history, events)) {
        findings.addAll(access(reader, events));
      }
      messages += folded.size();
    }
    for (var person : history.people()) {
      compare(() -> inbox(person), viewsDeadline);
    }
    counts.put("messages in the views", messages);
    counts.put("messages in the index", found);
    counts.put("items of inboxes", inboxes);
    return findings;
  }

  /// What is found last is what counts.
  private void compare(Supplier<Findings> look, long deadline) throws InterruptedException {
    while (true) {
      var now = looked(look, deadline);
      if (now != null && (now.isEmpty() || System.nanoTime() - deadline > 0)) {
        findings.addAll(now);
        return;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /// Null where nothing could be read: it is tried again.
  private static @Nullable Findings looked(Supplier<Findings> look, long deadline) {
    try {
      return look.get();
    } catch (Answer.RefusedException | UncheckedIOException unreadable) {
      if (System.nanoTime() - deadline > Duration.ofMinutes(1).toNanos()) {
        throw unreadable;
      }
      return null;
    }
  }

  private Findings views(Person owner, ConversationLog events, Map<UUID, FoldedMessage> folded) {
    var different = new Findings();
    var shown = new BitSet();
    reads.events(
        owner,
        events.conversation(),
        json -> {
          int seq = json.path("seq").asInt();
          var event = events.at(seq);
          if (shown.get(seq) || event == null || Digests.identity(json) != event.identity()) {
            eventDiffers(
                different,
                owner,
                events,
                seq,
                "%s where the log has %s"
                    .formatted(
                        json.path("type").asText(),
                        event == null ? "nothing" : event.type() + ", " + event.place()));
          }
          shown.set(seq);
        });
    for (var event : events.events()) {
      if (!shown.get((int) event.seq()) && events.mayRead(owner.user(), event.seq())) {
        eventDiffers(
            different,
            owner,
            events,
            event.seq(),
            "nothing where the log has %s, %s".formatted(event.type(), event.place()));
      }
    }
    different.addAll(
        ViewRules.history(events, folded, reads.history(owner, events.conversation())));
    return different;
  }

  private static void eventDiffers(
      Findings different, Person reader, ConversationLog events, long seq, String what) {
    different.add(
        AnomalyKind.VIEW_DIFFERS,
        events.conversation(),
        seq,
        null,
        reader.name(),
        "GET .../events shows " + what);
  }

  private Findings index(Person owner, ConversationLog events, Map<UUID, FoldedMessage> folded) {
    var all = reads.found(owner, events.conversation());
    found += all.messages().size();
    return ViewRules.index(events, folded, all.messages());
  }

  private Findings access(Person reader, ConversationLog events) {
    var read = reads.history(reader, events.conversation());
    var different = ViewRules.access(events, reader.user(), reader.name(), read);
    var hits = reads.found(reader, events.conversation()).messages();
    different.addAll(ViewRules.access(events, reader.user(), reader.name(), hits));
    reads.events(
        reader,
        events.conversation(),
        json -> {
          long seq = json.path("seq").asLong();
          if (!events.mayRead(reader.user(), seq)) {
            different.add(
                AnomalyKind.READ_AFTER_REMOVAL,
                events.conversation(),
                seq,
                null,
                reader.name(),
                "GET .../events shows it to a person whose stays are "
                    + events.stays(reader.user()));
          }
        });
    return different;
  }

  /// Some who were members at a time, and one who never was.
  static List<Person> readersWhoMayNot(History history, ConversationLog events) {
    var former =
        history.people().stream()
            .filter(person -> !events.stays(person.user()).isEmpty())
            .filter(person ->
                !events.hasMember(person.user()) || events.stays(person.user()).size() > 1)
            .limit(FORMER_MEMBERS_MAX);
    var stranger =
        history.people().stream().filter(person -> events.stays(person.user()).isEmpty()).limit(1);
    return events.isChannel() ? List.of() : Stream.concat(former, stranger).toList();
  }

  private Findings inbox(Person person) {
    var items = reads.inbox(person);
    var different = new Findings();
    for (var conversation : conversations) {
      var events = log.conversation(conversation);
      var item = items.get(conversation);
      if ((item != null) != events.hasMember(person.user())) {
        different.add(
            AnomalyKind.VIEW_DIFFERS,
            conversation,
            events.head(),
            null,
            person.name(),
            "the inbox %s the conversation, but the stays of its reader are %s"
                .formatted(item == null ? "lacks" : "has", events.stays(person.user())));
      } else if (item != null) {
        inboxes++;
        var marks = history.marks(conversation, person.user());
        different.addAll(UnreadRules.settled(events, marks, person.user(), person.name(), item));
        long members = events.everMembers().stream().filter(events::hasMember).count();
        if (item.members() != members) {
          different.add(
              AnomalyKind.VIEW_DIFFERS,
              conversation,
              events.head(),
              null,
              person.name(),
              "the inbox counts %d members, but the log gives %d"
                  .formatted(item.members(), members));
        }
      }
    }
    return different;
  }

  private Person person(UUID user) {
    return Objects.requireNonNull(history.person(user));
  }
}
