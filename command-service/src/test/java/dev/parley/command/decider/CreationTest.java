package dev.parley.command.decider;

import static dev.parley.command.decider.Scenario.ALICE;
import static dev.parley.command.decider.Scenario.BOB;
import static dev.parley.command.decider.Scenario.CARLA;
import static dev.parley.command.decider.Scenario.CONVERSATION;
import static dev.parley.command.decider.Scenario.STRANGER;
import static dev.parley.command.decider.Scenario.given;
import static dev.parley.command.decider.Scenario.givenNothing;
import static dev.parley.command.decider.Scenario.id;
import static dev.parley.schemas.conversation.HistoryVisibility.FROM_START;

import dev.parley.schemas.command.Command.CreateConversation;
import dev.parley.schemas.command.Command.ImportConversation;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData.ConversationCreated;
import dev.parley.schemas.event.EventData.MemberJoined;
import dev.parley.schemas.event.EventData.MemberLeft;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CreationTest {

  private static final long THEN = 1_400_000_000_000L;

  @Test
  void creatorOfAGroupOwnsItAndTheOthersJoinInTheGivenOrder() {
    givenNothing(CONVERSATION)
        .when(ALICE, create(ConversationKind.GROUP, BOB, CARLA))
        .then(
            created(ConversationKind.GROUP, false),
            new MemberJoined(ALICE, Role.OWNER),
            new MemberJoined(BOB, Role.MEMBER),
            new MemberJoined(CARLA, Role.MEMBER));
  }

  @Test
  void creatorNamedAmongTheMembersJoinsOnceAsOwner() {
    givenNothing(CONVERSATION)
        .when(ALICE, create(ConversationKind.CHANNEL, BOB, ALICE))
        .then(
            created(ConversationKind.CHANNEL, false),
            new MemberJoined(ALICE, Role.OWNER),
            new MemberJoined(BOB, Role.MEMBER));
  }

  @Test
  void twoOfADirectConversationAreEquals() {
    givenNothing(Ids.directConversation(ALICE, BOB))
        .when(BOB, create(ConversationKind.DIRECT, ALICE))
        .then(
            created(ConversationKind.DIRECT, false),
            new MemberJoined(BOB, Role.MEMBER),
            new MemberJoined(ALICE, Role.MEMBER));
  }

  @Test
  void bothSidesMayCreateTheirDirectConversationAndTheSecondFindsIt() {
    givenNothing(Ids.directConversation(ALICE, BOB))
        .and(
            ALICE,
            created(ConversationKind.DIRECT, false),
            new MemberJoined(ALICE, Role.MEMBER),
            new MemberJoined(BOB, Role.MEMBER))
        .when(BOB, create(ConversationKind.DIRECT, ALICE))
        .thenRepeated(1, 0);
  }

  @Test
  void directConversationUnderAnIdThatIsNotDerivedIsRefused() {
    givenNothing(CONVERSATION)
        .when(ALICE, create(ConversationKind.DIRECT, BOB))
        .thenRejected(ErrorCode.INVALID);
  }

  @Test
  void directConversationOfOtherPeopleIsRefused() {
    givenNothing(Ids.directConversation(ALICE, BOB))
        .when(STRANGER, create(ConversationKind.DIRECT, BOB))
        .thenRejected(ErrorCode.INVALID);
  }

  @Test
  void directConversationWithOneselfIsRefused() {
    givenNothing(Ids.directConversation(ALICE, ALICE))
        .when(ALICE, create(ConversationKind.DIRECT, ALICE))
        .thenRejected(ErrorCode.INVALID);
  }

  @Test
  void selfConversationBelongsToItsOwnerOnly() {
    givenNothing(Ids.selfConversation(ALICE))
        .when(ALICE, create(ConversationKind.SELF))
        .then(created(ConversationKind.SELF, false), new MemberJoined(ALICE, Role.OWNER));
    givenNothing(Ids.selfConversation(ALICE))
        .when(BOB, create(ConversationKind.SELF))
        .thenRejected(ErrorCode.INVALID);
    givenNothing(Ids.selfConversation(ALICE))
        .when(ALICE, create(ConversationKind.SELF, BOB))
        .thenRejected(ErrorCode.INVALID);
  }

  @Test
  void groupCannotTakeTheDerivedIdOfADirectConversation() {
    givenNothing(Ids.directConversation(ALICE, BOB))
        .when(STRANGER, create(ConversationKind.GROUP))
        .thenRejected(ErrorCode.INVALID);
  }

  @Test
  void groupCreatedAgainByItsCreatorIsRepeated() {
    given(created(ConversationKind.GROUP, false), new MemberJoined(ALICE, Role.OWNER))
        .when(ALICE, create(ConversationKind.GROUP, BOB))
        .thenRepeated(1, 0);
  }

  @Test
  void groupUnderTheIdOfSomebodyElsesIsRefused() {
    given(created(ConversationKind.GROUP, false), new MemberJoined(ALICE, Role.OWNER))
        .when(BOB, create(ConversationKind.GROUP))
        .thenRejected(ErrorCode.CONVERSATION_EXISTS);
  }

  @Test
  void sameCommandAgainIsRepeatedAlsoAfterItsSenderLeft() {
    given(created(ConversationKind.CHANNEL, false), new MemberJoined(ALICE, Role.OWNER))
        .and(ALICE, id("leave"), new MemberLeft(ALICE))
        .when(ALICE, id("command of event 1"), create(ConversationKind.CHANNEL))
        .thenRepeated(1, 0);
  }

  @Test
  void importedConversationKeepsItsTime() {
    givenNothing(CONVERSATION)
        .when(ALICE, imported(BOB))
        .thenAt(
            THEN,
            created(ConversationKind.CHANNEL, true),
            new MemberJoined(ALICE, Role.OWNER),
            new MemberJoined(BOB, Role.MEMBER));
  }

  @Test
  void importAgainAddsOnlyTheMembersThatAreMissing() {
    given(
            created(ConversationKind.CHANNEL, true),
            new MemberJoined(ALICE, Role.OWNER),
            new MemberJoined(BOB, Role.MEMBER))
        .when(ALICE, id("command of event 1"), imported(CARLA, BOB))
        .thenAt(THEN, new MemberJoined(CARLA, Role.MEMBER));
  }

  @Test
  void importAgainWithNothingMissingIsRepeated() {
    given(
            created(ConversationKind.CHANNEL, true),
            new MemberJoined(ALICE, Role.OWNER),
            new MemberJoined(BOB, Role.MEMBER))
        .when(ALICE, imported(BOB))
        .thenRepeated(1, 0);
  }

  @Test
  void importDoesNotTouchAConversationThatSomebodyMadeHere() {
    given(created(ConversationKind.CHANNEL, false), new MemberJoined(STRANGER, Role.OWNER))
        .when(ALICE, imported(BOB))
        .thenRejected(ErrorCode.CONVERSATION_EXISTS);
  }

  private static CreateConversation create(ConversationKind kind, UUID... members) {
    return new CreateConversation(kind, "Title", "Topic", FROM_START, List.of(members));
  }

  private static ImportConversation imported(UUID... members) {
    return new ImportConversation(
        ConversationKind.CHANNEL, "Title", "Topic", FROM_START, List.of(members), THEN);
  }

  private static ConversationCreated created(ConversationKind kind, boolean imported) {
    return new ConversationCreated(kind, "Title", "Topic", FROM_START, imported);
  }
}
