package dev.parley.command.decider;

import static dev.parley.command.decider.Scenario.ALICE;
import static dev.parley.command.decider.Scenario.BOB;
import static dev.parley.command.decider.Scenario.CARLA;
import static dev.parley.command.decider.Scenario.CONVERSATION;
import static dev.parley.command.decider.Scenario.DAN;
import static dev.parley.command.decider.Scenario.STRANGER;
import static dev.parley.command.decider.Scenario.given;
import static dev.parley.command.decider.Scenario.givenNothing;
import static dev.parley.command.decider.Scenario.id;
import static dev.parley.command.decider.Scenario.text;

import dev.parley.schemas.command.Command.DeleteMessage;
import dev.parley.schemas.command.Command.EditMessage;
import dev.parley.schemas.command.Command.ImportMessage;
import dev.parley.schemas.command.Command.SendMessage;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData.ConversationCreated;
import dev.parley.schemas.event.EventData.MemberJoined;
import dev.parley.schemas.event.EventData.MemberRemoved;
import dev.parley.schemas.event.EventData.MemberRoleChanged;
import dev.parley.schemas.event.EventData.MessageDeleted;
import dev.parley.schemas.event.EventData.MessageEdited;
import dev.parley.schemas.event.EventData.MessageSent;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final UUID FIRST = id("first message");
  private static final UUID IN_THREAD = id("message in the thread");
  private static final UUID NEW = id("new message");

  @Test
  void memberSends() {
    group()
        .when(BOB, NEW, new SendMessage(text("hello"), null, null))
        .then(new MessageSent(NEW, text("hello"), null, null, false));
  }

  @Test
  void whoOnlyReadsDoesNotSend() {
    group()
        .when(DAN, NEW, new SendMessage(text("hello"), null, null))
        .thenRejected(ErrorCode.FORBIDDEN);
  }

  @Test
  void strangerSeesNothing() {
    group()
        .when(STRANGER, NEW, new SendMessage(text("hello"), null, null))
        .thenRejected(ErrorCode.NOT_FOUND);
    group().when(STRANGER, new EditMessage(FIRST, text("x"))).thenRejected(ErrorCode.NOT_FOUND);
    group().when(STRANGER, new DeleteMessage(FIRST)).thenRejected(ErrorCode.NOT_FOUND);
    givenNothing(CONVERSATION)
        .when(STRANGER, NEW, new SendMessage(text("hello"), null, null))
        .thenRejected(ErrorCode.NOT_FOUND);
  }

  @Test
  void messageSentAgainIsRepeatedWithItsFirstPlace() {
    group().when(BOB, FIRST, new SendMessage(text("another text"), null, null)).thenRepeated(6, 1);
  }

  @Test
  void messageSentAgainIsRepeatedAlsoAfterItsAuthorWasRemoved() {
    group()
        .and(ALICE, new MemberRemoved(BOB))
        .when(BOB, FIRST, new SendMessage(text("first"), null, null))
        .thenRepeated(6, 1);
  }

  @Test
  void messageIdOfAnotherAuthorIsRefused() {
    group()
        .when(ALICE, FIRST, new SendMessage(text("mine"), null, null))
        .thenRejected(ErrorCode.MESSAGE_EXISTS);
  }

  @Test
  void messageIdMustBeAUuid7() {
    group()
        .when(BOB, UUID.nameUUIDFromBytes(new byte[1]), new SendMessage(text("x"), null, null))
        .thenRejected(ErrorCode.INVALID);
  }

  @Test
  void replyAndThreadMustExistHere() {
    group()
        .when(BOB, NEW, new SendMessage(text("x"), id("elsewhere"), null))
        .thenRejected(ErrorCode.MESSAGE_NOT_FOUND);
    group()
        .when(BOB, NEW, new SendMessage(text("x"), null, id("elsewhere")))
        .thenRejected(ErrorCode.MESSAGE_NOT_FOUND);
    group()
        .when(BOB, NEW, new SendMessage(text("x"), IN_THREAD, FIRST))
        .then(new MessageSent(NEW, text("x"), IN_THREAD, FIRST, false));
  }

  @Test
  void threadInsideAThreadIsThatThread() {
    group()
        .when(BOB, NEW, new SendMessage(text("x"), null, IN_THREAD))
        .then(new MessageSent(NEW, text("x"), null, FIRST, false));
  }

  @Test
  void authorEditsAndRevisionsCount() {
    group()
        .when(BOB, new EditMessage(FIRST, text("second try")))
        .then(new MessageEdited(FIRST, 1, text("second try")));
    group()
        .and(BOB, new MessageEdited(FIRST, 1, text("second try")))
        .when(BOB, new EditMessage(FIRST, text("third try")))
        .then(new MessageEdited(FIRST, 2, text("third try")));
  }

  @Test
  void nobodyEditsWhatAnotherWrote() {
    group().when(ALICE, new EditMessage(FIRST, text("x"))).thenRejected(ErrorCode.FORBIDDEN);
  }

  @Test
  void authorWhoMayOnlyReadNowDoesNotEditButDeletes() {
    group()
        .and(ALICE, new MemberRoleChanged(BOB, Role.READ_ONLY))
        .when(BOB, new EditMessage(FIRST, text("x")))
        .thenRejected(ErrorCode.FORBIDDEN);
    group()
        .and(ALICE, new MemberRoleChanged(BOB, Role.READ_ONLY))
        .when(BOB, new DeleteMessage(FIRST))
        .then(new MessageDeleted(FIRST));
  }

  @Test
  void editSentAgainIsRepeatedAlsoAfterANewerEdit() {
    group()
        .and(BOB, id("edit one"), new MessageEdited(FIRST, 1, text("one")))
        .and(BOB, id("edit two"), new MessageEdited(FIRST, 2, text("two")))
        .when(BOB, id("edit one"), new EditMessage(FIRST, text("one")))
        .thenRepeated(8, 2);
  }

  @Test
  void unknownMessageIsNotEditedNorDeleted() {
    group()
        .when(BOB, new EditMessage(id("elsewhere"), text("x")))
        .thenRejected(ErrorCode.MESSAGE_NOT_FOUND);
    group().when(BOB, new DeleteMessage(id("elsewhere"))).thenRejected(ErrorCode.MESSAGE_NOT_FOUND);
  }

  @Test
  void deletedMessageStaysSo() {
    group()
        .and(BOB, new MessageDeleted(FIRST))
        .when(BOB, new EditMessage(FIRST, text("x")))
        .thenRejected(ErrorCode.MESSAGE_DELETED);
  }

  @Test
  void authorAndModeratorDeleteAndNobodyElse() {
    group().when(BOB, new DeleteMessage(FIRST)).then(new MessageDeleted(FIRST));
    group().when(CARLA, new DeleteMessage(FIRST)).then(new MessageDeleted(FIRST));
    group().when(DAN, new DeleteMessage(FIRST)).thenRejected(ErrorCode.FORBIDDEN);
  }

  @Test
  void nobodyDeletesTheOthersMessageInADirectConversation() {
    given(
            new ConversationCreated(
                ConversationKind.DIRECT, "", "", HistoryVisibility.FROM_START, false),
            new MemberJoined(ALICE, Role.MEMBER),
            new MemberJoined(BOB, Role.MEMBER))
        .and(BOB, FIRST, new MessageSent(FIRST, text("first"), null, null, false))
        .when(ALICE, new DeleteMessage(FIRST))
        .thenRejected(ErrorCode.FORBIDDEN);
  }

  @Test
  void deletionByAnybodyAllowedIsRepeatedOnceItIsDone() {
    group()
        .and(BOB, new MessageDeleted(FIRST))
        .when(CARLA, new DeleteMessage(FIRST))
        .thenRepeated(8, 2);
  }

  @Test
  void importedMessageKeepsItsTimeAndItsAuthorNeedNotBeAMember() {
    group()
        .when(STRANGER, NEW, new ImportMessage(text("old"), null, IN_THREAD, 1_400_000_000_000L))
        .thenAt(1_400_000_000_000L, new MessageSent(NEW, text("old"), null, FIRST, true));
  }

  @Test
  void messageImportedAgainIsRepeated() {
    group()
        .when(BOB, FIRST, new ImportMessage(text("first"), null, null, 1_400_000_000_000L))
        .thenRepeated(6, 1);
    group()
        .when(STRANGER, FIRST, new ImportMessage(text("first"), null, null, 1_400_000_000_000L))
        .thenRejected(ErrorCode.MESSAGE_EXISTS);
  }

  @Test
  void importIntoNothingIsRefused() {
    givenNothing(CONVERSATION)
        .when(BOB, NEW, new ImportMessage(text("x"), null, null, 1))
        .thenRejected(ErrorCode.NOT_FOUND);
  }

  /// Alice owns it, Bob is member and wrote the first message (seq 6) and one in its thread (seq
  /// 7), Carla moderates, Dan reads.
  private static Scenario group() {
    return given(
            new ConversationCreated(
                ConversationKind.GROUP, "Group", "", HistoryVisibility.FROM_START, false),
            new MemberJoined(ALICE, Role.OWNER),
            new MemberJoined(BOB, Role.MEMBER),
            new MemberJoined(CARLA, Role.MODERATOR),
            new MemberJoined(DAN, Role.READ_ONLY))
        .and(BOB, FIRST, new MessageSent(FIRST, text("first"), null, null, false))
        .and(BOB, IN_THREAD, new MessageSent(IN_THREAD, text("answer"), null, FIRST, false));
  }
}
