package dev.parley.projection.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.PositionMovedException;
import dev.parley.log.TransientException;
import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.replay.DigestReader;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.RandomHistory;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.topic.Topics;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The views projection on a real Postgres, with a log in memory.
class ViewsProjectionTest {

  private static final LogPartition EVENTS = new LogPartition(Topics.EVENTS, 0);
  private static final String TEXTS_OF_A_MEMBER =
      "select l.text from views.member m join views.conversation c on c.id = m.conversation"
          + " join views.message l on l.conversation = c.id where m.user_id = $1";

  private final MasterKey masterKey = MasterKey.ofBase64(MasterKey.randomBase64());
  private final Person ann = Person.random();
  private final Person bob = Person.random();
  private final Map<UUID, KeyLookup> keys = new HashMap<>();
  private final Keyring keyring = user -> keys.getOrDefault(user, new KeyLookup.Unknown());
  private final InMemoryLog log = new InMemoryLog(1);
  private final TestDatabase database = new TestDatabase();

  @BeforeEach
  void create() {
    database.create();
    for (var person : List.of(ann, bob)) {
      keys.put(person.id(), new KeyLookup.Known(person.key()));
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ViewsProjection projection(int version) {
    return ViewsProjection.of(version, database.pool(), new ContentReader(keyring));
  }

  private Conversation group() {
    return new Conversation(ann, ConversationKind.GROUP, HistoryVisibility.FROM_START, "A group");
  }

  private void append(Conversation conversation) {
    conversation.events().forEach(log::append);
  }

  @Test
  void instancesThatStartAtOnceMakeOneDatabase() throws Exception {
    try (var other = new TestDatabase()) {
      var starts = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 6; i++) {
        starts.add(CompletableFuture.runAsync(other::create));
      }
      CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).get();

      assertThat(other.number("select count(*) from views_control.version")).isEqualTo(1);
    }
  }

  @Test
  void anotherBatchSizeGivesTheSameDigest() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var history = RandomHistory.of(seed, 2_000);
    var log = new InMemoryLog(3);
    history.people().forEach(person -> log.append(person.profile(masterKey)));
    history.events().forEach(log::append);
    database.run(ViewSchema.create(2));
    database.run(ViewSchema.create(3));
    var reader = new ContentReader(history.keyring());

    log.deliver(ViewsProjection.of(1, database.pool(), reader), 2_000);
    log.deliver(ViewsProjection.of(2, database.pool(), reader), 61);
    log.deliver(ViewsProjection.of(3, database.pool(), reader), 5);

    assertThat(database.number("select count(*) from views_1.message"))
        .isEqualTo(history.messages());
    assertThat(database.number("select count(*) from views_1.message_revision")).isPositive();
    var digest = DigestReader.of(database, 1);
    assertThat(DigestReader.of(database, 2)).isEqualTo(digest);
    assertThat(DigestReader.of(database, 3)).isEqualTo(digest);
  }

  @Test
  void membersAreCountedNotAdded() {
    var conversation = group();
    conversation.join(bob, Role.MEMBER);
    conversation.leave(bob);
    conversation.join(bob, Role.READ_ONLY);
    append(conversation);

    log.deliver(projection(1), 2);

    assertThat(database.number("select members_count from views.conversation")).isEqualTo(2);
    assertThat(database.number("select count(*) from views.member")).isEqualTo(3);
  }

  @Test
  void aWriterThatWasOvertakenStoresNothing() {
    var conversation = group();
    append(conversation);
    log.deliver(projection(1), 100);
    long position = database.number("select next_offset from views_1.projection_position");
    var late = batch(position - 1, conversation.last());

    assertThatThrownBy(() -> projection(1).apply(late)).isInstanceOf(PositionMovedException.class);

    assertThat(database.number("select count(*) from views.event")).isEqualTo(2);
    assertThat(database.number("select next_offset from views_1.projection_position"))
        .isEqualTo(position);
  }

  @Test
  void aTransactionThatIsKilledLeavesNeitherRowsNorPosition() {
    var conversation = group();
    append(conversation);
    log.deliver(projection(1), 100);
    conversation.send(ann, "half");
    log.append(conversation.last());
    database.run(
        """
        create function die() returns trigger language plpgsql as $$
        begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$\
        """);
    // The last table that is written: everything before it has been done.
    database.run(
        "create trigger die before insert on views_1.event for each row execute function die()");

    assertThatThrownBy(() -> log.deliver(projection(1), 100))
        .isInstanceOf(TransientException.class);

    assertThat(database.number("select count(*) from views_1.message")).isZero();
    assertThat(database.number("select head_seq from views_1.conversation")).isEqualTo(2);
    assertThat(database.number("select next_offset from views_1.projection_position")).isEqualTo(2);

    database.run("drop trigger die on views_1.event");
    log.deliver(projection(1), 100);
    assertThat(database.text("select text from views.message")).isEqualTo("half");
    assertThat(database.number("select next_offset from views_1.projection_position")).isEqualTo(3);
  }

  @Test
  void eventsThatAreMissingStopTheView() {
    var conversation = group();
    conversation.send(ann, "one");
    conversation.send(ann, "two");
    log.append(conversation.events().get(0));
    log.append(conversation.events().get(1));
    log.append(conversation.events().get(3));

    assertThatThrownBy(() -> log.deliver(projection(1), 2)).hasMessageContaining("to be there");

    assertThat(database.number("select head_seq from views.conversation")).isEqualTo(2);
  }

  @Test
  void anAuthorWhoseKeyNeverComesStopsTheView() {
    keys.remove(ann.id());
    var conversation = group();
    conversation.send(ann, "sealed");
    append(conversation);

    assertThatThrownBy(() -> log.deliver(projection(1), 100))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("did not arrive");

    assertThat(database.number("select count(*) from views.event")).isZero();
  }

  @Test
  void anErasedAuthorLeavesEmptyMessages() {
    keys.put(ann.id(), new KeyLookup.Erased());
    var conversation = group();
    conversation.send(ann, "sealed");
    append(conversation);

    log.deliver(projection(1), 100);

    assertThat(database.text("select text from views.message where erased")).isEmpty();
  }

  @Test
  void anErasureGivesTheSameViewWhetherItComesBeforeOrAfterTheMessages() {
    var conversation = group();
    var edited = conversation.send(ann, "sealed");
    conversation.sendPlain(ann, "plain");
    conversation.edit(ann, edited, 1, "sealed again");
    var before = new InMemoryLog(1);
    before.append(ann.erased());
    conversation.events().forEach(before::append);
    database.run(ViewSchema.create(2));

    append(conversation);
    log.deliver(projection(1), 100);
    log.append(ann.erased());
    log.deliver(projection(1), 100);
    before.deliver(projection(2), 1);

    assertThat(database.number("select count(*) from views_1.message where erased and text = ''"))
        .isEqualTo(2);
    assertThat(database.number("select count(*) from views_1.message_revision where text <> ''"))
        .isZero();
    assertThat(DigestReader.of(database, 2)).isEqualTo(DigestReader.of(database, 1));
  }

  @Test
  void marksAreTheHighestWhateverCameLastAndAreKeptInTheLog() {
    var conversation = group();
    append(conversation);
    var again = new ArrayList<PersonalEntry>();
    keep(conversation, new Personal.Read(7));
    keep(conversation, new Personal.Delivered(9));
    var projection =
        ViewsProjection.of(1, database.pool(), new ContentReader(keyring), again::addAll);
    log.deliver(projection, 100);
    assertThat(again).isEmpty();

    keep(conversation, new Personal.Read(3));
    keep(conversation, new Personal.Delivered(8));
    log.deliver(projection, 100);

    assertThat(database.number("select read from views.mark")).isEqualTo(7);
    assertThat(database.number("select delivered from views.mark")).isEqualTo(9);
    assertThat(again)
        .extracting(PersonalEntry::value)
        .containsExactly(new Personal.Read(7), new Personal.Delivered(9));
    // A version that is being built leaves the log alone.
    database.run(ViewSchema.create(2));
    again.clear();
    log.deliver(
        ViewsProjection.of(2, database.pool(), new ContentReader(keyring), again::addAll), 3);
    assertThat(again).isEmpty();
    assertThat(DigestReader.of(database, 2)).isEqualTo(DigestReader.of(database, 1));
  }

  private void keep(Conversation conversation, Personal value) {
    var entry = new PersonalEntry(conversation.id(), bob.id(), 1, false, value);
    log.append(Topics.MARKS, PersonalCodec.key(entry), PersonalCodec.encode(entry), 1, null);
  }

  @Test
  void aVersionOfAnOlderReleaseIsReplacedAndFilledFromTheLog() {
    var conversation = group();
    append(conversation);
    log.deliver(projection(1), 100);
    database.create();
    assertThat(database.number("select max(n) from views_control.version")).isEqualTo(1);
    database.run("drop view views.pin; alter table views_1.pin drop column seq");

    database.create();

    assertThat(database.number("select n from views_control.version where state = 'in_service'"))
        .isEqualTo(2);
    log.deliver(projection(2), 100);
    assertThat(database.number("select head_seq from views.conversation")).isEqualTo(2);
  }

  @Test
  void anEmptyDraftTakesTheDraftAway() {
    var conversation = group();
    append(conversation);
    keep(conversation, new Personal.Draft(new Body.Plain(new Content("not yet", List.of()))));
    keep(conversation, new Personal.Draft(null));
    log.deliver(projection(1), 100);
    assertThat(database.text("select draft from views.own")).isEmpty();
  }

  @Test
  void aScheduledMessageIsReleasedAndMayStillFail() {
    var own = new Conversation(ann, ConversationKind.SELF, HistoryVisibility.FROM_START, "");
    var message = Ids.uuid7();
    var send = new Command.SendMessage(new Body.Plain(new Content("later", List.of())), null, null);
    own.add(ann, new EventData.MessageScheduled(Ids.uuid7(), message, send, 9));
    own.add(ann, new EventData.ScheduleEnded(message, ScheduleEnd.SENT, ""));
    own.add(ann, new EventData.ScheduleEnded(message, ScheduleEnd.FAILED, "You are muted."));
    append(own);
    log.deliver(projection(1), 100);
    assertThat(database.text("select text || released || failure from views.scheduled"))
        .isEqualTo("latertrueYou are muted.");
  }

  @Test
  void anErasureTakesDraftsScheduledMessagesAndMentionsWithIt() {
    var conversation = group();
    conversation.send(ann, "sealed", bob.id());
    conversation.call(ann, "all");
    append(conversation);
    var draft = new Personal.Draft(new Body.Plain(new Content("not yet", List.of())));
    var entry = new PersonalEntry(conversation.id(), ann.id(), 1, false, draft);
    log.append(Topics.MARKS, PersonalCodec.key(entry), PersonalCodec.encode(entry), 1, null);
    log.deliver(projection(1), 100);
    assertThat(database.text("select draft from views.own")).isEqualTo("not yet");
    assertThat(database.number("select count(*) from views.mention")).isEqualTo(2);

    keys.put(ann.id(), new KeyLookup.Erased());
    log.append(ann.erased());
    log.deliver(projection(1), 100);

    assertThat(database.text("select draft from views.own")).isEmpty();
    assertThat(database.number("select count(*) from views.mention")).isEqualTo(1);
    database.run(ViewSchema.create(2));
    log.deliver(projection(2), 1);
    assertThat(DigestReader.of(database, 2)).isEqualTo(DigestReader.of(database, 1));
  }

  @Test
  void aNulCharacterDoesNotStopTheView() {
    var conversation = group();
    conversation.send(ann, "a\0b");
    append(conversation);

    log.deliver(projection(1), 100);

    assertThat(database.text("select text from views.message")).isEqualTo("a\uFFFDb");
  }

  @Test
  void atAGateAWriterStopsExactlyThere() {
    var conversation = group();
    conversation.send(ann, "one");
    conversation.send(ann, "two");
    append(conversation);
    database.run(
        "insert into views_control.gate (topic, partition, next_offset) values ('parley.events', 0, 3)");

    assertThatThrownBy(() -> log.deliver(projection(1), 100))
        .isInstanceOf(PositionMovedException.class);

    assertThat(database.number("select next_offset from views_1.projection_position")).isEqualTo(3);
    assertThat(database.number("select head_seq from views.conversation")).isEqualTo(3);
    database.run("delete from views_control.gate");
    log.deliver(projection(1), 100);
    assertThat(database.number("select head_seq from views.conversation")).isEqualTo(4);
  }

  @Test
  void readersNeverFailWhileVersionsAreSwitched() {
    var conversation = group();
    conversation.send(ann, "always there");
    append(conversation);
    log.deliver(projection(1), 100);
    database.run(ViewSchema.create(2));
    log.deliver(projection(2), 100);
    database.run("insert into views_control.version (n, state) values (2, 'previous')");
    var versions = new ViewVersions(database.pool());
    var done = new AtomicBoolean();
    var readers = IntStream.range(0, 8).mapToObj(_ -> reading(done)).toList();

    for (int i = 0; i < 20; i++) {
      versions.serve(2 - i % 2, _ -> {});
    }
    done.set(true);

    assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isPositive());
    assertThat(versions.in(VersionState.IN_SERVICE)).isEqualTo(1);
    assertThat(versions.in(VersionState.PREVIOUS)).isEqualTo(2);
  }

  /// Reads until it is done, as the query API does: several views in one prepared statement.
  private CompletableFuture<Integer> reading(AtomicBoolean done) {
    return CompletableFuture.supplyAsync(
        () -> {
          int reads = 0;
          while (!done.get()) {
            var rows =
                Postgres.await(
                    database.pool().preparedQuery(TEXTS_OF_A_MEMBER).execute(Tuple.of(ann.id())),
                    Duration.ofSeconds(10));
            assertThat(rows.iterator().next().getString(0)).isEqualTo("always there");
            reads++;
          }
          return reads;
        },
        Executors.newVirtualThreadPerTaskExecutor());
  }

  private static Batch batch(long from, ChainedEvent event) {
    var entry =
        new LogEntry(
            EVENTS, from, 0, event.event().conversation().toString(), event.record(), null);
    return new Batch(List.of(entry), Map.of(EVENTS, new Batch.Advance(from, from + 1)));
  }
}
