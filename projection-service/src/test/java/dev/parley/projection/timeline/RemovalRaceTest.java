package dev.parley.projection.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.access.Access;
import dev.parley.projection.access.Caller;
import dev.parley.projection.access.Readable;
import dev.parley.projection.http.Refusal;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.projection.views.TestViews;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads beside the fold, on a real Postgres: whoever is removed gets nothing of what came after.
class RemovalRaceTest {

  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final int PEOPLE = 6;
  private static final int STEPS = 400;

  private final Person ann = Person.random();
  private final List<Person> people = new ArrayList<>();
  private final InMemoryLog log = new InMemoryLog(1);
  private final TestDatabase database = new TestDatabase();
  private final Pool pool = new Pool(database.pool());
  private final Access access = new Access(pool);
  private final Timeline timeline = new Timeline(pool);

  @BeforeEach
  void create() {
    database.create();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(Person.random());
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void deliver(int batch) {
    var keys = new HashMap<UUID, KeyLookup>();
    keys.put(ann.id(), new KeyLookup.Known(ann.key()));
    people.forEach(person -> keys.put(person.id(), new KeyLookup.Known(person.key())));
    var reader = new ContentReader(user -> keys.getOrDefault(user, new KeyLookup.Unknown()));
    log.deliver(TestViews.projection(database, 1, reader, _ -> {}), batch);
  }

  private Readable readable(Conversation conversation, Person person) {
    return access.to(conversation.id(), new Caller(person.id())).await().atMost(WAIT);
  }

  private List<Message> page(Readable readable, Person person, Ask ask) {
    var scope = new Timeline.Scope(readable, person.id(), null);
    return timeline.page(scope, ask, 200).await().atMost(WAIT).messages();
  }

  @Test
  void noPageOfWhoeverIsRemovedHoldsAnythingOfLater() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var group = new Conversation(ann, ConversationKind.GROUP, HistoryVisibility.FROM_START, "Ours");
    people.forEach(person -> group.join(person, Role.MEMBER));
    var removedAt = new HashMap<UUID, Long>();
    var edited = group.send(ann, "at " + (group.head() + 1));
    int revision = 0;
    for (int i = 0; i < STEPS; i++) {
      var at = "at " + (group.head() + 1);
      if (i % (STEPS / PEOPLE) == STEPS / PEOPLE - 2) {
        var person = people.get(removedAt.size());
        removedAt.put(person.id(), group.head() + 1);
        group.remove(ann, person);
      } else if (random.nextInt(3) == 0) {
        revision++;
        group.edit(ann, edited, revision, at);
      } else {
        group.send(ann, at);
      }
    }
    assertThat(removedAt).hasSize(PEOPLE);
    group.events().forEach(log::append);

    var done = new AtomicBoolean();
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading =
          people.stream()
              .map(person ->
                  CompletableFuture.supplyAsync(
                      () -> read(group, person, removedAt, done), readers))
              .toList();
      deliver(1);
      done.set(true);
      assertThat(reading).allSatisfy(reads -> assertThat(reads.get()).isPositive());
    }
    for (var person : people) {
      long last = removed(removedAt, person);
      assertThat(readable(group, person).head()).isEqualTo(last);
      check(page(readable(group, person), person, new Ask.Latest()), last);
    }
  }

  /// Until the fold is done and once more.
  ///
  /// @return pages that were read
  private int read(
      Conversation group, Person person, Map<UUID, Long> removedAt, AtomicBoolean done) {
    int pages = 0;
    boolean last;
    do {
      last = done.get();
      try {
        var readable = readable(group, person);
        check(page(readable, person, new Ask.Latest()), removed(removedAt, person));
        check(page(readable, person, new Ask.After(1)), removed(removedAt, person));
        pages += 2;
      } catch (Refusal notYet) {
        // The conversation is not in the views yet.
      }
    } while (!last);
    return pages;
  }

  private static long removed(Map<UUID, Long> removedAt, Person person) {
    return removedAt.getOrDefault(person.id(), Long.MAX_VALUE);
  }

  /// Each text says at which seq it was written.
  private static void check(List<Message> messages, long last) {
    for (var message : messages) {
      assertThat(message.seq()).isLessThan(last);
      assertThat(Long.parseLong(message.text().substring("at ".length()))).isLessThan(last);
    }
  }

  @Test
  void anEditThatIsStoredAfterTheLookAtTheMembershipIsNotShown() {
    var bob = people.getFirst();
    var group = new Conversation(ann, ConversationKind.GROUP, HistoryVisibility.FROM_START, "Ours");
    group.join(bob, Role.MEMBER);
    var message = group.send(ann, "before");
    group.events().forEach(log::append);
    deliver(100);
    var looked = readable(group, bob);

    group.remove(ann, bob);
    group.edit(ann, message, 1, "after");
    log.append(group.events().get(group.events().size() - 2));
    log.append(group.last());
    deliver(100);

    assertThat(page(looked, bob, new Ask.Latest()))
        .extracting(Message::text)
        .containsExactly("before");
    assertThat(page(readable(group, bob), bob, new Ask.Latest()))
        .extracting(Message::text)
        .containsExactly("before");
    assertThat(page(readable(group, ann), ann, new Ask.Latest()))
        .extracting(Message::text)
        .containsExactly("after");
  }

  @Test
  void repliesOfATimeThatIsNotOnesOwnAreNotCounted() {
    var bob = people.getFirst();
    var group =
        new Conversation(ann, ConversationKind.GROUP, HistoryVisibility.FROM_JOINING, "Ours");
    group.join(bob, Role.MEMBER);
    var root = group.send(ann, "root");
    group.reply(ann, root, "while there");
    group.leave(bob);
    group.reply(ann, root, "while away");
    group.reply(ann, root, "still away");
    group.join(bob, Role.MEMBER);
    group.reply(ann, root, "back");
    group.events().forEach(log::append);
    deliver(100);

    var shown =
        timeline.message(readable(group, bob), bob.id(), root).await().atMost(WAIT).replies();

    assertThat(shown).extracting(replies -> replies.count()).isEqualTo(2L);
    assertThat(
            timeline.message(readable(group, ann), ann.id(), root).await().atMost(WAIT).replies())
        .extracting(replies -> replies.count())
        .isEqualTo(4L);
  }
}
