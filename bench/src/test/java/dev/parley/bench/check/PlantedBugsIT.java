package dev.parley.bench.check;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.check.Saboteur.Bug;
import dev.parley.bench.check.history.ClientHistory;
import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Issued;
import dev.parley.bench.check.history.Person;
import dev.parley.bench.check.rules.FoldedMessage;
import dev.parley.bench.check.workload.RunningWorkload;
import dev.parley.bench.check.workload.Workload;
import dev.parley.bench.check.workload.WorkloadSettings;
import dev.parley.bench.load.Stage;
import dev.parley.bench.path.RunningStack;
import dev.parley.client.ChatListener;
import dev.parley.client.Reply;
import dev.parley.log.KafkaConnection;
import dev.parley.log.LogEntry;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// A run on the real stack is clean. Then each kind of bug is planted: in the engines, behind the
/// back of every service; in the log as it is read; and between clients and those who record them.
/// Each is found. What is broken in an engine is made good again.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedBugsIT {

  private static final RunningStack STACK = RunningStack.here();
  private static final KafkaConnection KAFKA = KafkaConnection.plain(STACK.kafka());
  private static final Duration CLEAN_RUN = Duration.ofSeconds(30);
  private static final Duration BUGS_WITHIN = Duration.ofSeconds(60);
  private static final Duration AFTER_THE_BUGS = Duration.ofSeconds(4);
  private static final Duration LOG_LIMIT = Duration.ofMinutes(2);
  private static final Sources.Limits AT_ONCE =
      new Sources.Limits(LOG_LIMIT, Duration.ofMillis(300), Duration.ofMillis(300));

  private final Stage stage = Stage.open(STACK.origin(), STACK.edges(), 1);
  private final Sources sources = new Sources(stage.rest(), KAFKA);
  private final Stores stores = new Stores(STACK.data());
  private final List<Saboteur> saboteurs = new CopyOnWriteArrayList<>();
  private RunningWorkload running;
  private History history;
  private LogChecker log;

  @BeforeAll
  void peopleAreAtWork() throws Exception {
    running = Workload.start(stage, settings());
    TimeUnit.NANOSECONDS.sleep(CLEAN_RUN.toNanos());
    running.stop();
    history = running.history();
    log = committed(history);
  }

  @AfterAll
  void end() throws Exception {
    running.close();
    stores.close();
    stage.close();
  }

  @Test
  void aRunInWhichNobodyPlantedAnythingIsClean() throws Exception {
    var verdict = Check.verify(history, sources, Sources.Limits.DEFAULT);

    System.out.println(verdict.text());
    assertThat(verdict.anomalies()).isEmpty();
    assertThat(verdict.counts().get("answered")).isGreaterThan(500);
  }

  @Test
  void aTextChangedInPostgresIsFound() throws Exception {
    var message = message(not(FoldedMessage::deleted));
    set("text = text || '!'", message);
    try {
      assertThat(shown(message.conversation())).containsExactly(AnomalyKind.VIEW_DIFFERS);
    } finally {
      set("text = left(text, -1)", message);
    }
    assertThat(shown(message.conversation())).isEmpty();
  }

  @Test
  void aMessageDeletedThatPostgresShowsAgainIsFound() throws Exception {
    var message = message(FoldedMessage::deleted);
    set("text = 'still here', deleted = false", message);
    try {
      assertThat(shown(message.conversation())).containsExactly(AnomalyKind.RESURRECTED_DELETE);
    } finally {
      set("text = '', deleted = true", message);
    }
    assertThat(shown(message.conversation())).isEmpty();
  }

  @Test
  void aMarkThatPostgresForgotIsFound() throws Exception {
    var reader = readerOfSomething();
    var mark = "where conversation = ? and user_id = ?";
    stores.update(
        "update views.mark set read = -read " + mark, reader.conversation(), reader.user());
    try {
      assertThat(shown(reader.conversation())).containsExactly(AnomalyKind.WRONG_UNREAD);
    } finally {
      stores.update(
          "update views.mark set read = -read " + mark, reader.conversation(), reader.user());
    }
    assertThat(shown(reader.conversation())).isEmpty();
  }

  @Test
  void aStayThatPostgresDidNotEndIsFound() throws Exception {
    var former = formerMember();
    var stay = "where conversation = ? and user_id = ? and joined_seq = ?";
    stores.update(
        "update views.member set left_seq = left_seq + 1000 " + stay,
        former.conversation(),
        former.user(),
        former.joined());
    try {
      assertThat(shown(former.conversation())).containsOnly(AnomalyKind.READ_AFTER_REMOVAL);
    } finally {
      stores.update(
          "update views.member set left_seq = left_seq - 1000 " + stay,
          former.conversation(),
          former.user(),
          former.joined());
    }
    assertThat(shown(former.conversation())).isEmpty();
  }

  @Test
  void aDocumentThatElasticsearchLostIsFound() throws Exception {
    var message = message(not(FoldedMessage::deleted));
    var document = stores.document(message.message().id());
    stores.deleteDocument(document);
    try {
      assertThat(shown(message.conversation())).containsExactly(AnomalyKind.INDEX_DIFFERS);
    } finally {
      stores.putDocument(document);
    }
    assertThat(shown(message.conversation())).isEmpty();
  }

  @Test
  void aRecordThatWasTamperedWithIsFound() throws Exception {
    assertThat(told(entry -> List.of(with(entry, broken(entry)))))
        .containsOnly(AnomalyKind.BROKEN_CHAIN);
  }

  @Test
  void aRecordThatIsMissingIsFound() throws Exception {
    assertThat(told(entry -> List.of())).contains(AnomalyKind.LOST, AnomalyKind.HOLE);
  }

  @Test
  void aRecordThatIsThereTwiceIsFound() throws Exception {
    assertThat(told(entry -> List.of(entry, entry)))
        .contains(AnomalyKind.TWO_WITH_ONE_SEQ, AnomalyKind.DUPLICATED);
  }

  @Test
  void aRecordThatNobodySentIsFound() throws Exception {
    assertThat(told(entry -> List.of(foreign(entry))))
        .contains(AnomalyKind.PHANTOM, AnomalyKind.LOST, AnomalyKind.BROKEN_CHAIN);
  }

  @Test
  void whatIsDoneWrongBetweenClientsAndThoseWhoRecordThemIsFound() throws Exception {
    // One of them never gets there.
    var settings = settings().sized(12, 8, 80).settling(Duration.ofSeconds(5));
    try (var sabotaged = Workload.start(stage, settings, this::saboteur)) {
      awaitBugs();
      TimeUnit.NANOSECONDS.sleep(AFTER_THE_BUGS.toNanos());
      sabotaged.stop();
      contradict(sabotaged.history());
      var events = committed(sabotaged.history());

      var found = Check.told(sabotaged.history(), events);

      found.listed().forEach(System.out::println);
      var planted = EnumSet.of(AnomalyKind.SEQ_CHANGED, AnomalyKind.ANSWER_TO_FAILED_SEND);
      Stream.of(Bug.values()).forEach(bug -> planted.add(bug.kind()));
      assertThat(found.found().keySet()).isEqualTo(planted);
    }
  }

  private void awaitBugs() throws InterruptedException {
    long deadline = System.nanoTime() + BUGS_WITHIN.toNanos();
    while (!saboteurs.stream().allMatch(Saboteur::done) && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private ChatListener saboteur(ClientHistory recorder) {
    var name = recorder.name();
    int number = Integer.parseInt(name.substring(name.indexOf('/') + 1));
    if (number >= Bug.values().length) {
      return recorder;
    }
    var saboteur = new Saboteur(recorder, Bug.values()[number]);
    saboteurs.add(saboteur);
    return saboteur;
  }

  /// One message is answered with another seq, and one is refused after it was answered.
  private static void contradict(History of) {
    var answered =
        of.commands().stream()
            .filter(issued -> issued.kind() == Issued.Kind.SEND && issued.seq() != null)
            .limit(2)
            .toList();
    var client = of.clients().getFirst();
    var wrong = Json.MAPPER.createObjectNode().put("seq", 1_000_000);
    of.answered(client, answered.getFirst().id(), new Reply.Done(wrong));
    of.answered(
        client, answered.getLast().id(), new Reply.Refused("too_large", false, 0, "planted"));
  }

  private static WorkloadSettings settings() {
    long seed = new Random().nextLong();
    System.out.println("PlantedBugsIT seed " + seed);
    return WorkloadSettings.of(seed).sized(30, 10, 120);
  }

  private static LogChecker committed(History of) throws InterruptedException {
    return CommittedLog.read(KAFKA, Check.messages(of), of.conversations(), LOG_LIMIT);
  }

  /// What differs between the log and what the services show of a conversation.
  private List<AnomalyKind> shown(UUID conversation) throws InterruptedException {
    return new Shown(history, log, Set.of(conversation), sources, AT_ONCE)
        .compare(new HashMap<>()).listed().stream().map(Anomaly::kind).toList();
  }

  /// What is found if one record in the middle of a conversation is read as something else.
  private Set<AnomalyKind> told(Function<LogEntry, List<LogEntry>> change)
      throws InterruptedException {
    var target =
        conversations()
            .filter(events -> events.events().size() > 20)
            .flatMap(events -> events.events().stream().skip(10).limit(5))
            .filter(event -> event.type().equals("message.sent"))
            .findFirst()
            .orElseThrow();
    var checker = new LogChecker(history.conversations());
    var tampered =
        new TamperedLog(
            checker,
            entry ->
                entry.partition().number() == target.partition()
                        && entry.offset() == target.offset()
                    ? change.apply(entry)
                    : List.of(entry));
    CommittedLog.read(KAFKA, checker, tampered, Set.of(), LOG_LIMIT);
    return Check.told(history, checker).found().keySet();
  }

  private static LogEntry with(LogEntry entry, byte[] value) {
    return new LogEntry(
        entry.partition(),
        entry.offset(),
        entry.timestampMillis(),
        entry.key(),
        value,
        entry.origin());
  }

  private static byte[] broken(LogEntry entry) {
    var bytes = entry.value().clone();
    bytes[bytes.length - 1] ^= 1;
    return bytes;
  }

  /// Another message in its place, of the same author, that none of their clients sent.
  private static LogEntry foreign(LogEntry entry) {
    var event = entry.event().event();
    var message = Ids.uuid7();
    var body = new Body.Plain(new Content("planted", List.of()));
    var data = new EventData.MessageSent(message, body, null, null, false);
    var forged =
        new Event(
            event.conversation(),
            event.seq(),
            event.ordinal(),
            event.atMillis(),
            event.actor(),
            message,
            event.epoch(),
            event.prevHash(),
            event.traceparent(),
            data);
    return with(entry, EventCodec.chain(forged).record());
  }

  private Stream<ConversationLog> conversations() {
    return history.conversations().stream().map(log::conversation);
  }

  /// A message and where it stands.
  private record Placed(UUID conversation, FoldedMessage message) {}

  private Placed message(Predicate<FoldedMessage> wanted) {
    return conversations()
        .flatMap(events ->
            FoldedMessage.all(events, history).values().stream()
                .filter(wanted)
                .map(message -> new Placed(events.conversation(), message)))
        .findFirst()
        .orElseThrow();
  }

  private void set(String columns, Placed placed) throws Exception {
    var sql = "update views.message set " + columns + " where conversation = ? and id = ?";
    assertThat(stores.update(sql, placed.conversation(), placed.message().id())).isEqualTo(1);
  }

  /// @param joined where the stay began
  private record Reader(UUID conversation, UUID user, long joined) {}

  /// Somebody whose mark makes a difference.
  private Reader readerOfSomething() {
    return conversations()
        .flatMap(events ->
            events.everMembers().stream()
                .filter(events::hasMember)
                .filter(user -> {
                  long joined = events.stays(user).getLast().from();
                  long read = history.marks(events.conversation(), user).stored();
                  return events.ordinalAt(read) > events.ordinalAt(joined);
                })
                .map(user -> new Reader(events.conversation(), user, 0)))
        .findFirst()
        .orElseThrow();
  }

  /// Somebody who left or was removed once and for all, and is looked at.
  private Reader formerMember() {
    return conversations()
        .flatMap(events ->
            Shown.readersWhoMayNot(history, events).stream()
                .map(Person::user)
                .filter(user -> !events.hasMember(user) && !events.stays(user).isEmpty())
                .map(user ->
                    new Reader(events.conversation(), user, events.stays(user).getLast().from())))
        .findFirst()
        .orElseThrow();
  }
}
