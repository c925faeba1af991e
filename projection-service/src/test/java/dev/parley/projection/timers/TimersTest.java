package dev.parley.projection.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.TransientException;
import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.testing.Await;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.projection.testing.TestLimits;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Timers on a real Postgres; the log is in memory, and the test decides.
@SuppressWarnings("NullAway.Init") // Made before each test.
class TimersTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final UUID MESSAGE = Ids.uuid7();
  private static final UUID TARGET = Ids.uuid7();
  private static final Command.SendMessage SEND =
      new Command.SendMessage(new Body.Plain(new Content("later", List.of())), null, null);

  private final InMemoryLog log = new InMemoryLog(1);
  private final Person ann = Person.random();
  private final Conversation own =
      new Conversation(ann, ConversationKind.SELF, HistoryVisibility.FROM_START, "");
  private final List<CommandEnvelope> given = new CopyOnWriteArrayList<>();
  private volatile boolean logIsAway;
  private TestDatabase database;
  private TimerStore store;
  private TimerClock clock;

  @BeforeEach
  void start() {
    database = new TestDatabase();
    database.create();
    store = new TimerStore(database.pool());
    store.create();
    clock = clock(Map.of("parley.timers.again", "0s"));
    own.events().forEach(log::append);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private TimerClock clock(Map<String, String> changed) {
    return new TimerClock(
        store,
        command -> {
          given.add(command);
          return logIsAway
              ? CompletableFuture.failedStage(new TransientException("no brokers"))
              : CompletableFuture.completedStage(null);
        },
        limits(changed));
  }

  private static ProjectionConfig.Timers limits(Map<String, String> changed) {
    return TestLimits.with(changed).timers();
  }

  private void happens(EventData data) {
    own.add(ann, data);
    log.append(own.last());
    follow();
  }

  private void follow() {
    log.deliver(new TimersProjection(store), 100);
  }

  private List<Command> tick() {
    given.clear();
    clock.tick();
    return given.stream().map(CommandEnvelope::command).toList();
  }

  private void schedule(long atMillis) {
    happens(new EventData.MessageScheduled(TARGET, MESSAGE, SEND, atMillis));
  }

  private void expiring(UUID message, long atMillis) {
    happens(
        new EventData.MessageSent(
            message, SEND.body(), null, null, false, Everyone.NONE, atMillis, null));
  }

  private void refuse(UUID command, UUID conversation) {
    var rejected = new Outcome.Rejected(ErrorCode.MUTED, "You are muted.");
    settle(new OutcomeEnvelope(command, conversation, ann.id(), "", 0, rejected));
  }

  private void settled(CommandEnvelope command, Outcome outcome) {
    settle(
        new OutcomeEnvelope(
            command.commandId(), command.conversation(), command.actor(), "", 0, outcome));
  }

  private void settle(OutcomeEnvelope outcome) {
    log.append(outcome, 1);
    follow();
  }

  @Test
  void nothingIsGivenBeforeItsTime() {
    schedule(System.currentTimeMillis() + 3_600_000);
    assertThat(tick()).isEmpty();
  }

  @Test
  void aMessageIsReleasedThenSentAndThenForgotten() {
    schedule(1);
    assertThat(tick()).containsExactly(new Command.EndSchedule(MESSAGE, ScheduleEnd.SENT, ""));
    var first = given.getFirst().commandId();
    assertThat(tick()).hasSize(1);
    assertThat(given.getFirst().commandId()).as("given again under one id").isEqualTo(first);

    happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.SENT, ""));
    assertThat(tick()).containsExactly(SEND);
    assertThat(given.getFirst().commandId()).isEqualTo(MESSAGE);
    assertThat(given.getFirst().conversation()).isEqualTo(TARGET);
    assertThat(given.getFirst().actor()).isEqualTo(ann.id());

    happens(new EventData.MessageSent(MESSAGE, SEND.body(), null, null, false));
    assertThat(tick()).isEmpty();
  }

  @Test
  void aCancelledMessageIsNeverSent() {
    schedule(1);
    happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.CANCELLED, ""));
    assertThat(tick()).isEmpty();
  }

  @Test
  void itsAuthorLearnsThatItsConversationRefusedIt() {
    schedule(1);
    happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.SENT, ""));
    refuse(MESSAGE, TARGET);
    assertThat(tick())
        .containsExactly(new Command.EndSchedule(MESSAGE, ScheduleEnd.FAILED, "You are muted."));
    assertThat(given.getFirst().conversation()).isEqualTo(Ids.selfConversation(ann.id()));
    happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.FAILED, "You are muted."));
    assertThat(tick()).isEmpty();
  }

  @Test
  void anExpiringMessageIsAskedToGoUntilItIsGone() {
    expiring(MESSAGE, 5);
    assertThat(tick()).containsExactly(new Command.ExpireMessage(MESSAGE));
    happens(new EventData.MessageDeleted(MESSAGE, true));
    assertThat(tick()).isEmpty();
  }

  /// Clients make ids, and may take one that they have seen.
  @Test
  void whoSendsOurIdSomewhereElseMovesNoTimerOfOurs() {
    expiring(MESSAGE, 5);
    schedule(7);
    var eve = Person.random();
    var theirs = new Conversation(eve, ConversationKind.SELF, HistoryVisibility.FROM_START, "");
    theirs.add(
        eve,
        new EventData.MessageSent(
            MESSAGE, SEND.body(), null, null, false, Everyone.NONE, Long.MAX_VALUE, null));
    theirs.add(eve, new EventData.MessageScheduled(TARGET, MESSAGE, SEND, Long.MAX_VALUE));
    theirs.add(eve, new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.CANCELLED, ""));
    theirs.add(eve, new EventData.MessageDeleted(MESSAGE, true));
    theirs.events().forEach(log::append);
    follow();

    assertThat(tick())
        .containsExactlyInAnyOrder(
            new Command.ExpireMessage(MESSAGE),
            new Command.EndSchedule(MESSAGE, ScheduleEnd.SENT, ""));
    assertThat(given).allMatch(command -> command.conversation().equals(own.id()));
  }

  /// As after a crash, or on a new table: the same log once more.
  @Test
  void readAgainFromTheStartNothingNewIsDue() {
    schedule(1);
    happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.SENT, ""));
    happens(new EventData.MessageSent(MESSAGE, SEND.body(), null, null, false));
    readAgain(100);
    assertThat(tick()).isEmpty();
  }

  @Test
  void howTheLogIsCutIntoBatchesMakesNoDifference() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var messages = IntStream.range(0, 5).mapToObj(_ -> Ids.uuid7()).toList();
    for (int i = 0; i < 300; i++) {
      own.add(ann, anything(random, messages.get(random.nextInt(messages.size()))));
      log.append(own.last());
    }
    log.deliver(new TimersProjection(store), 1);
    var oneByOne = timers();
    assertThat(oneByOne).isNotEmpty();
    for (int batch : new int[] {7, 1_000}) {
      readAgain(batch);
      assertThat(timers()).as("in batches of " + batch).isEqualTo(oneByOne);
    }
  }

  private static EventData anything(Random random, UUID message) {
    return switch (random.nextInt(6)) {
      case 0 -> new EventData.MessageScheduled(TARGET, message, SEND, random.nextLong(1, 99));
      case 1 -> new EventData.ScheduleEnded(message, ScheduleEnd.SENT, "");
      case 2 -> new EventData.ScheduleEnded(message, ScheduleEnd.CANCELLED, "");
      case 3 -> new EventData.MessageSent(message, SEND.body(), null, null, false);
      case 4 ->
          new EventData.MessageSent(
              message, SEND.body(), null, null, false, Everyone.NONE, random.nextLong(1, 99), null);
      default -> new EventData.MessageDeleted(message, false);
    };
  }

  private String timers() {
    return database.text(
        """
        select coalesce(string_agg(line, e'\\n' order by line), '') from (
          select concat_ws(' ', kind, message, command_id, due_at, command) as line from timers.due
          union all select concat_ws(' ', message, command, seq) from timers.kept) lines\
        """);
  }

  private void readAgain(int batch) {
    database.run("drop schema timers cascade");
    store.create();
    log.deliver(new TimersProjection(store), batch);
  }

  /// What was given in an earlier life of the table.
  @Test
  void aRefusalInTheBatchOfWhatItRefusesIsHeard() {
    schedule(1);
    happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.SENT, ""));
    refuse(MESSAGE, TARGET);
    readAgain(100);
    assertThat(tick())
        .containsExactly(new Command.EndSchedule(MESSAGE, ScheduleEnd.FAILED, "You are muted."));
  }

  @Test
  void afterARestartWhatWasGivenAndNotHeardOfIsGivenAgainUnderTheSameId() {
    schedule(1);
    expiring(Ids.uuid7(), 5);
    assertThat(tick()).hasSize(2);
    var before = List.copyOf(given);

    clock = clock(Map.of("parley.timers.again", "0s"));

    tick();
    assertThat(given).containsExactlyInAnyOrderElementsOf(before);
  }

  /// The log heard the command twice: it is decided once, and the second is told to be a repeat.
  @Test
  void aCommandThatWasGivenTwiceEndsWithTheRepeat() {
    schedule(1);
    tick();
    var release = given.getFirst();
    happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.SENT, ""));
    settled(release, new Outcome.Repeated(4, 0, 9));
    assertThat(tick()).containsExactly(SEND);
    var send = given.getFirst();
    happens(new EventData.MessageSent(MESSAGE, SEND.body(), null, null, false));
    settled(send, new Outcome.Repeated(5, 1, 9));
    assertThat(tick()).isEmpty();
    assertThat(database.number("select count(*) from timers.kept")).isZero();
  }

  /// Ids are made by clients.
  @Test
  void anOutcomeOfSomebodyElsesCommandWithTheSameIdSettlesNothing() {
    schedule(1);
    happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.SENT, ""));
    var rejected = new Outcome.Rejected(ErrorCode.MUTED, "You are muted.");
    settle(new OutcomeEnvelope(MESSAGE, TARGET, Ids.uuid7(), "", 0, rejected));
    settle(new OutcomeEnvelope(MESSAGE, Ids.uuid7(), ann.id(), "", 0, rejected));
    assertThat(tick()).containsExactly(SEND);
  }

  @Test
  void severalNodesGiveEachCommandOnce() {
    var messages = IntStream.range(0, 200).mapToObj(_ -> Ids.uuid7()).toList();
    messages.forEach(message -> expiring(message, 5));
    var all = new ConcurrentLinkedQueue<UUID>();
    var nodes =
        IntStream.range(0, 4)
            .mapToObj(_ ->
                new TimerClock(
                    store,
                    command -> {
                      all.add(((Command.ExpireMessage) command.command()).message());
                      return CompletableFuture.completedStage(null);
                    },
                    limits(Map.of("parley.timers.again", "1h", "parley.timers.batch-max", "7"))))
            .map(node ->
                CompletableFuture.runAsync(
                    () -> {
                      while (node.tick() > 0) {
                        Thread.onSpinWait();
                      }
                    },
                    Executors.newVirtualThreadPerTaskExecutor()))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(nodes).join();
    assertThat(all).containsExactlyInAnyOrderElementsOf(messages);
  }

  @Test
  void aCommandThatTheLogDoesNotTakeIsGivenAgainAndToldMeanwhile() {
    schedule(1);
    logIsAway = true;
    assertThat(tick()).hasSize(1);
    assertThat(clock.trouble()).contains("does not take").contains("no brokers");
    // Nothing new is known while nothing is due.
    database.run("update timers.due set due_at = 9000000000000");
    assertThat(tick()).isEmpty();
    assertThat(clock.trouble()).isNotNull();

    logIsAway = false;
    database.run("update timers.due set due_at = 1");
    assertThat(tick()).hasSize(1);
    assertThat(clock.trouble()).isNull();
  }

  @Test
  void aClockThatCannotReadItsTablesSaysSoAndGoesOnOnceItCan() {
    var running = clock(Map.of("parley.timers.again", "10ms", "parley.timers.interval", "10ms"));
    running.start();
    database.run("alter table timers.due rename to away");
    Await.until("it says so", BOUND, () -> running.trouble() != null);
    database.run("alter table timers.away rename to due");
    Await.until("it goes on", BOUND, () -> running.trouble() == null);
    schedule(1);
    Await.until("it gives", BOUND, () -> !given.isEmpty());
    running.close();
  }

  /// By other commands, or the decider would take them for those of the first time.
  @Test
  void whatFailedMayBeScheduledAgainUnderItsId() {
    var ids = new HashSet<UUID>();
    for (int time = 0; time < 2; time++) {
      schedule(1);
      assertThat(tick()).containsExactly(new Command.EndSchedule(MESSAGE, ScheduleEnd.SENT, ""));
      ids.add(given.getFirst().commandId());
      happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.SENT, ""));
      refuse(MESSAGE, TARGET);
      assertThat(tick()).hasSize(1);
      ids.add(given.getFirst().commandId());
      happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.FAILED, "You are muted."));
    }
    assertThat(ids).hasSize(4);
    assertThat(tick()).isEmpty();
  }

  /// The clock of the log may be behind.
  @Test
  void anExpiryThatCameTooEarlyComesAgain() {
    expiring(MESSAGE, 5);
    tick();
    settled(given.getFirst(), new Outcome.Rejected(ErrorCode.FORBIDDEN, "Not yet."));
    assertThat(tick()).containsExactly(new Command.ExpireMessage(MESSAGE));
    settled(given.getFirst(), new Outcome.Rejected(ErrorCode.MESSAGE_NOT_FOUND, "No."));
    assertThat(tick()).isEmpty();
  }
}
