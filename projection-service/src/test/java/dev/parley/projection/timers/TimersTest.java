package dev.parley.projection.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Timers on a real Postgres; the log is in memory, and the test decides.
@SuppressWarnings("NullAway.Init") // Made before each test.
class TimersTest {

  private static final UUID MESSAGE = Ids.uuid7();
  private static final UUID TARGET = Ids.uuid7();
  private static final Command.SendMessage SEND =
      new Command.SendMessage(new Body.Plain(new Content("later", List.of())), null, null);

  private final InMemoryLog log = new InMemoryLog(1);
  private final Person ann = Person.random();
  private final Conversation own =
      new Conversation(ann, ConversationKind.SELF, HistoryVisibility.FROM_START, "");
  private final List<CommandEnvelope> given = new ArrayList<>();
  private TestDatabase database;
  private TimerStore store;
  private TimerClock clock;

  @BeforeEach
  void start() {
    database = new TestDatabase();
    database.create();
    store = new TimerStore(database.pool());
    store.create();
    clock =
        new TimerClock(
            store,
            command -> {
              given.add(command);
              return CompletableFuture.completedStage(null);
            },
            TestLimits.with(Map.of("parley.timers.again", "0s")).timers());
    own.events().forEach(log::append);
  }

  @AfterEach
  void stop() {
    database.close();
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

  private void refuse(UUID command, UUID conversation) {
    var rejected = new Outcome.Rejected(ErrorCode.MUTED, "You are muted.");
    log.append(new OutcomeEnvelope(command, conversation, ann.id(), "", rejected), 1);
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
    happens(
        new EventData.MessageSent(MESSAGE, SEND.body(), null, null, false, Everyone.NONE, 5, null));
    assertThat(tick()).containsExactly(new Command.ExpireMessage(MESSAGE));
    happens(new EventData.MessageDeleted(MESSAGE, true));
    assertThat(tick()).isEmpty();
  }

  /// As after a crash, or on a new table: the same log once more.
  @Test
  void readAgainFromTheStartNothingNewIsDue() {
    schedule(1);
    happens(new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.SENT, ""));
    happens(new EventData.MessageSent(MESSAGE, SEND.body(), null, null, false));
    database.run("drop schema timers cascade");
    store.create();
    follow();
    assertThat(tick()).isEmpty();
  }
}
