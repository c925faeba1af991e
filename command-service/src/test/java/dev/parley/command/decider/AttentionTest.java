package dev.parley.command.decider;

import static dev.parley.command.decider.Scenario.ALICE;
import static dev.parley.command.decider.Scenario.BOB;
import static dev.parley.command.decider.Scenario.CONVERSATION;
import static dev.parley.command.decider.Scenario.NOW;
import static dev.parley.command.decider.Scenario.STRANGER;
import static dev.parley.command.decider.Scenario.given;
import static dev.parley.command.decider.Scenario.givenNothing;
import static dev.parley.command.decider.Scenario.id;
import static dev.parley.command.decider.Scenario.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.Command.AddChannel;
import dev.parley.schemas.command.Command.AddReaction;
import dev.parley.schemas.command.Command.CancelSchedule;
import dev.parley.schemas.command.Command.EndSchedule;
import dev.parley.schemas.command.Command.ExpireMessage;
import dev.parley.schemas.command.Command.PinMessage;
import dev.parley.schemas.command.Command.RemoveChannel;
import dev.parley.schemas.command.Command.RemoveReaction;
import dev.parley.schemas.command.Command.ScheduleMessage;
import dev.parley.schemas.command.Command.SendMessage;
import dev.parley.schemas.command.Command.UnpinMessage;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.event.EventData.ChannelAdded;
import dev.parley.schemas.event.EventData.ChannelRemoved;
import dev.parley.schemas.event.EventData.ConversationCreated;
import dev.parley.schemas.event.EventData.MemberJoined;
import dev.parley.schemas.event.EventData.MessageDeleted;
import dev.parley.schemas.event.EventData.MessagePinned;
import dev.parley.schemas.event.EventData.MessageScheduled;
import dev.parley.schemas.event.EventData.MessageSent;
import dev.parley.schemas.event.EventData.MessageUnpinned;
import dev.parley.schemas.event.EventData.ReactionAdded;
import dev.parley.schemas.event.EventData.ReactionRemoved;
import dev.parley.schemas.event.EventData.ScheduleEnded;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttentionTest {

  private static final UUID FIRST = id("first message");
  private static final UUID NEW = id("new message");
  private static final UUID OTHER = id("other conversation");
  private static final SendMessage HELLO = new SendMessage(text("hello"), null, null);

  private static Scenario of(ConversationKind kind) {
    return given(
        new ConversationCreated(kind, "T", "", HistoryVisibility.FROM_START, false),
        new MemberJoined(ALICE, Role.OWNER),
        new MemberJoined(BOB, Role.MEMBER));
  }

  private static Scenario group() {
    return of(ConversationKind.GROUP)
        .and(ALICE, new MessageSent(FIRST, text("first"), null, null, false));
  }

  @Test
  void aReactionIsAddedOnceAndTakenBackOnce() {
    group().when(BOB, new AddReaction(FIRST, "👍")).then(new ReactionAdded(FIRST, "👍"));
    var reacted = group().and(BOB, new ReactionAdded(FIRST, "👍"));
    reacted.when(BOB, new AddReaction(FIRST, "👍")).thenRepeated(5, 1);
    reacted.when(ALICE, new AddReaction(FIRST, "👍")).thenAccepted();
    reacted.when(ALICE, new RemoveReaction(FIRST, "👍")).thenRejected(ErrorCode.NOT_FOUND);
    reacted.when(BOB, new RemoveReaction(FIRST, "👍")).then(new ReactionRemoved(FIRST, "👍"));
    group().when(STRANGER, new AddReaction(FIRST, "👍")).thenRejected(ErrorCode.NOT_FOUND);
    group().when(BOB, new AddReaction(NEW, "👍")).thenRejected(ErrorCode.MESSAGE_NOT_FOUND);
    group()
        .and(ALICE, new MessageDeleted(FIRST))
        .when(BOB, new AddReaction(FIRST, "👍"))
        .thenRejected(ErrorCode.MESSAGE_DELETED);
  }

  @Test
  void aMessageHasReactionsOfSoManyKindsAndNoMore() {
    var full = group();
    for (int i = 0; i < 50; i++) {
      full = full.and(BOB, new ReactionAdded(FIRST, "e" + i));
    }
    full.when(ALICE, new AddReaction(FIRST, "new")).thenRejected(ErrorCode.LIMIT_REACHED);
    full.when(ALICE, new AddReaction(FIRST, "e7")).thenAccepted();
    full.and(BOB, new ReactionRemoved(FIRST, "e9"))
        .when(ALICE, new AddReaction(FIRST, "new"))
        .thenAccepted();
  }

  @Test
  void aPinIsSetOnceAndGoesWithItsMessage() {
    group().when(BOB, new PinMessage(FIRST)).then(new MessagePinned(FIRST));
    var pinned = group().and(BOB, new MessagePinned(FIRST));
    pinned.when(ALICE, new PinMessage(FIRST)).thenRepeated(5, 1);
    pinned.when(ALICE, new UnpinMessage(FIRST)).then(new MessageUnpinned(FIRST));
    group().when(ALICE, new UnpinMessage(FIRST)).thenRejected(ErrorCode.NOT_FOUND);
    pinned
        .and(ALICE, new MessageDeleted(FIRST))
        .when(ALICE, new UnpinMessage(FIRST))
        .thenRejected(ErrorCode.MESSAGE_DELETED);
  }

  @Test
  void aSpaceListsChannelsAndHasNoMessages() {
    var space = of(ConversationKind.SPACE);
    space.when(ALICE, new AddChannel(OTHER)).then(new ChannelAdded(OTHER));
    space.when(BOB, new AddChannel(OTHER)).thenRejected(ErrorCode.FORBIDDEN);
    space.when(ALICE, NEW, HELLO).thenRejected(ErrorCode.NOT_FOR_THIS_KIND);
    group().when(ALICE, new AddChannel(OTHER)).thenRejected(ErrorCode.NOT_FOR_THIS_KIND);
    var listed = space.and(ALICE, new ChannelAdded(OTHER));
    listed.when(ALICE, new AddChannel(OTHER)).thenRepeated(4, 0);
    listed.when(ALICE, new RemoveChannel(OTHER)).then(new ChannelRemoved(OTHER));
  }

  @Test
  void anExpiringMessageGoesWhenItsTimeHasComeAndNotBefore() {
    group()
        .when(BOB, NEW, new SendMessage(text("x"), null, null, Everyone.NONE, 500, null))
        .then(new MessageSent(NEW, text("x"), null, null, false, Everyone.NONE, NOW + 1_500, null));
    sentUntil(NOW + 1_001).when(BOB, new ExpireMessage(NEW)).thenRejected(ErrorCode.FORBIDDEN);
    sentUntil(NOW + 1_000).when(BOB, new ExpireMessage(NEW)).then(new MessageDeleted(NEW, true));
    group().when(ALICE, new ExpireMessage(FIRST)).thenRejected(ErrorCode.FORBIDDEN);
  }

  private static Scenario sentUntil(long millis) {
    return group()
        .and(BOB, new MessageSent(NEW, text("x"), null, null, false, Everyone.NONE, millis, null));
  }

  @Test
  void whatIsFirstScheduledBringsOnesOwnConversationIntoBeing() {
    givenNothing(Ids.selfConversation(ALICE))
        .when(ALICE, NEW, new ScheduleMessage(OTHER, NEW, HELLO, NOW + 9_000))
        .then(
            new ConversationCreated(
                ConversationKind.SELF, "", "", HistoryVisibility.FROM_START, false),
            new MemberJoined(ALICE, Role.OWNER),
            new MessageScheduled(OTHER, NEW, HELLO, NOW + 9_000));
    givenNothing(Ids.selfConversation(ALICE))
        .when(BOB, NEW, new ScheduleMessage(OTHER, NEW, HELLO, NOW + 9_000))
        .thenRejected(ErrorCode.NOT_FOUND);
    own()
        .when(ALICE, NEW, new ScheduleMessage(OTHER, NEW, HELLO, NOW))
        .thenRejected(ErrorCode.INVALID);
  }

  /// Whichever comes first, release or cancellation, the other one comes too late.
  @Test
  void aCancelledMessageIsNeverReleasedAndAReleasedOneNeverCancelled() {
    var waiting = new MessageScheduled(OTHER, NEW, HELLO, NOW + 9_000);
    own()
        .and(ALICE, waiting)
        .when(ALICE, new CancelSchedule(NEW))
        .then(new ScheduleEnded(NEW, ScheduleEnd.CANCELLED, ""));
    own()
        .and(ALICE, waiting, new ScheduleEnded(NEW, ScheduleEnd.CANCELLED, ""))
        .when(ALICE, new EndSchedule(NEW, ScheduleEnd.SENT, ""))
        .thenRejected(ErrorCode.MESSAGE_NOT_FOUND);
    var released = own().and(ALICE, waiting, new ScheduleEnded(NEW, ScheduleEnd.SENT, ""));
    released.when(ALICE, new CancelSchedule(NEW)).thenRejected(ErrorCode.MESSAGE_NOT_FOUND);
    released
        .when(ALICE, new EndSchedule(NEW, ScheduleEnd.FAILED, "gone"))
        .then(new ScheduleEnded(NEW, ScheduleEnd.FAILED, "gone"));
  }

  private static Scenario own() {
    return givenNothing(Ids.selfConversation(ALICE))
        .and(
            ALICE,
            new EventData[] {
              new ConversationCreated(
                  ConversationKind.SELF, "", "", HistoryVisibility.FROM_START, false),
              new MemberJoined(ALICE, Role.OWNER)
            });
  }

  /// The timers give a command until the log shows what became of it: it may be there many times.
  @Test
  void aTimersCommandThatIsGivenAgainIsDecidedOnce() {
    var own = Ids.selfConversation(ALICE);
    var schedule = new ScheduleMessage(CONVERSATION, NEW, HELLO, NOW + 9_000);
    var state = new InMemoryConversation();
    assertThat(decided(state, own, ALICE, id("schedule"), schedule, NOW)).isEqualTo(3);
    var release = new EndSchedule(NEW, ScheduleEnd.SENT, "");
    assertThat(decided(state, own, ALICE, id("release"), release, NOW + 9_000)).isEqualTo(1);
    assertThat(decided(state, own, ALICE, id("release"), release, NOW + 19_000)).isZero();

    var target = new InMemoryConversation();
    var create =
        new Command.CreateConversation(
            ConversationKind.GROUP, "", "", HistoryVisibility.FROM_START, List.of());
    assertThat(decided(target, CONVERSATION, ALICE, id("create"), create, NOW)).isEqualTo(2);
    var send = new SendMessage(text("x"), null, null, Everyone.NONE, 500, null);
    assertThat(decided(target, CONVERSATION, ALICE, NEW, send, NOW + 9_000)).isEqualTo(1);
    assertThat(decided(target, CONVERSATION, ALICE, NEW, send, NOW + 99_000)).isZero();
    var expire = new ExpireMessage(NEW);
    assertThat(decided(target, CONVERSATION, ALICE, id("expire"), expire, NOW + 9_499)).isZero();
    assertThat(decided(target, CONVERSATION, ALICE, id("expire"), expire, NOW + 9_500))
        .isEqualTo(1);
    assertThat(decided(target, CONVERSATION, ALICE, id("expire"), expire, NOW + 9_600)).isZero();
  }

  /// How many events it gives.
  private static int decided(
      ConversationState state,
      UUID conversation,
      UUID actor,
      UUID commandId,
      Command command,
      long atMillis) {
    var envelope = new CommandEnvelope(commandId, conversation, actor, Origin.NONE, "", command);
    return switch (new Writer("e1").write(state, envelope, atMillis)) {
      case Written.Appended(var events) -> events.size();
      case Written.Answered _ -> 0;
    };
  }
}
