package dev.parley.projection.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.replay.DigestReader;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.RandomHistory;
import dev.parley.projection.testing.RandomHistory.Line;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.projection.testing.TestLimits;
import dev.parley.projection.timeline.UnreadReplies;
import dev.parley.projection.views.TestViews;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is unread is subtracted, never added up: at any moment, and after any rebuild, it is what
/// counting one by one gives.
class UnreadTest {

  private static final long SEED = Long.getLong("parley.seed", System.nanoTime());
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final int EVENTS = 1_200;
  private static final int LOOKS = 5;
  private static final int ALL = 1_000;

  private final Random random = new Random(SEED);
  private final RandomHistory history = RandomHistory.of(SEED, EVENTS);
  private final ContentReader reader = new ContentReader(history.keyring());
  private final TestDatabase database = new TestDatabase();
  private final Pool pool = Pool.newInstance(database.pool());
  private final Inbox inbox = new Inbox(pool, TestLimits.with(Map.of()));

  /// All marks that were ever written, those that the views wrote again included.
  private final List<PersonalEntry> marks = new ArrayList<>();

  @BeforeEach
  void create() {
    System.out.println("seed " + SEED + " (-Dparley.seed=" + SEED + ")");
    database.create();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsUnreadIsWhatCountingOneByOneGivesAndARebuildChangesNothing() {
    var log = new InMemoryLog(3);
    var lines = history.lines();
    for (int look = 1; look <= LOOKS; look++) {
      lines
          .subList(lines.size() * (look - 1) / LOOKS, lines.size() * look / LOOKS)
          .forEach(line -> append(log, line));
      follow(log, 1);
      assertCounted(lines.subList(0, lines.size() * look / LOOKS));
    }

    // In other batches, so that marks come before and after what they mark.
    TestViews.create(database, 2);
    follow(log, 2);
    assertThat(DigestReader.of(database, 2)).isEqualTo(DigestReader.of(database, 1));
    TestViews.serve(database, 2);
    assertCounted(lines);

    // Years later, when of each mark only the last record is left.
    TestViews.create(database, 3);
    follow(compacted(), 3);
    assertThat(DigestReader.of(database, 3)).isEqualTo(DigestReader.of(database, 1));
    TestViews.serve(database, 3);
    assertCounted(lines);
  }

  private void append(InMemoryLog log, Line line) {
    switch (line) {
      case Line.Happened(var event) -> log.append(event);
      case Line.Kept(var entry) -> {
        marks.add(entry);
        log.append(entry);
      }
    }
  }

  /// Until nothing comes back: a mark that was overtaken is written again.
  private void follow(InMemoryLog log, int version) {
    var again = new ArrayList<PersonalEntry>();
    var projection = TestViews.projection(database, version, reader, again::addAll);
    while (log.deliver(projection, 1 + random.nextInt(60)) > 0) {
      again.forEach(entry -> append(log, new Line.Kept(entry)));
      again.clear();
    }
  }

  private InMemoryLog compacted() {
    var log = new InMemoryLog(3);
    history.events().forEach(log::append);
    var last = new LinkedHashMap<String, PersonalEntry>();
    marks.forEach(entry -> last.put(PersonalCodec.key(entry), entry));
    last.values().forEach(log::append);
    return log;
  }

  private void assertCounted(List<Line> lines) {
    var recount = new Recount(List.copyOf(lines), reader);
    var replies = UnreadReplies.in(pool);
    long now = System.currentTimeMillis();
    for (var person : history.people()) {
      var items = inbox.of(person.id(), null, ALL).await().atMost(WAIT);
      var counts = recount.of(person.id());
      assertThat(counts(items)).as("the inbox of %s", person.id()).isEqualTo(counts);
      assertThat(Totals.of(items, now)).isEqualTo(totals(recount, person, counts, now));
      for (var item : items) {
        // What another device asks for: the one conversation.
        assertThat(inbox.item(person.id(), item.conversation()).await().atMost(WAIT))
            .isEqualTo(item.toJson());
        assertThat(replies.of(item.conversation(), person.id()))
            .as("unread in threads, for %s in %s", person.id(), item.conversation())
            .containsExactlyEntriesOf(recount.replies(item.conversation(), person.id()));
      }
    }
  }

  private static TreeMap<UUID, Recount.Count> counts(List<InboxItem> items) {
    var counts = new TreeMap<UUID, Recount.Count>();
    for (var item : items) {
      counts.put(
          item.conversation(), new Recount.Count(item.own().unread(), item.own().mentions()));
    }
    return counts;
  }

  private static Totals totals(
      Recount recount, Person person, Map<UUID, Recount.Count> counts, long now) {
    long conversations = 0;
    long unread = 0;
    long mentions = 0;
    for (var count : counts.entrySet()) {
      if (!recount.muted(count.getKey(), person.id(), now)) {
        conversations += count.getValue().unread() > 0 ? 1 : 0;
        unread += count.getValue().unread();
        mentions += count.getValue().mentions();
      }
    }
    return new Totals(conversations, unread, mentions);
  }
}
