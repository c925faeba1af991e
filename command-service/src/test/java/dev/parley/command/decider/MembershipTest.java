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

import dev.parley.schemas.command.Command.ChangeRole;
import dev.parley.schemas.command.Command.InviteMember;
import dev.parley.schemas.command.Command.JoinConversation;
import dev.parley.schemas.command.Command.LeaveConversation;
import dev.parley.schemas.command.Command.RemoveMember;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData.ConversationCreated;
import dev.parley.schemas.event.EventData.MemberJoined;
import dev.parley.schemas.event.EventData.MemberLeft;
import dev.parley.schemas.event.EventData.MemberRemoved;
import dev.parley.schemas.event.EventData.MemberRoleChanged;
import org.junit.jupiter.api.Test;

class MembershipTest {

  @Test
  void anybodyJoinsAChannelAsMember() {
    channel().when(STRANGER, new JoinConversation()).then(new MemberJoined(STRANGER, Role.MEMBER));
  }

  @Test
  void memberWhoJoinsIsToldWhenTheyDid() {
    channel().when(BOB, new JoinConversation()).thenRepeated(3, 0);
  }

  @Test
  void copyOfAJoinThatChangedNothingIsAnsweredAlikeAfterItsSenderHasLeft() {
    channel()
        .whenWritten(BOB, id("join again"), new JoinConversation())
        .and(BOB, new MemberLeft(BOB))
        .when(BOB, id("join again"), new JoinConversation())
        .thenRepeated(3, 0);
  }

  @Test
  void copyIsAnsweredAlikeAlsoWhereSomebodyElseHasUsedItsIdBefore() {
    channel()
        .whenWritten(ALICE, id("taken"), new JoinConversation())
        .whenWritten(BOB, id("taken"), new JoinConversation())
        .and(BOB, new MemberLeft(BOB))
        .when(BOB, id("taken"), new JoinConversation())
        .thenRepeated(3, 0);
  }

  @Test
  void groupLooksAbsentToWhoeverTriesToJoin() {
    group().when(STRANGER, new JoinConversation()).thenRejected(ErrorCode.NOT_FOUND);
    givenNothing(CONVERSATION)
        .when(STRANGER, new JoinConversation())
        .thenRejected(ErrorCode.NOT_FOUND);
  }

  @Test
  void memberLeaves() {
    group().when(BOB, new LeaveConversation()).then(new MemberLeft(BOB));
  }

  @Test
  void lastOwnerHandsOverBeforeLeaving() {
    group().when(ALICE, new LeaveConversation()).thenRejected(ErrorCode.LAST_OWNER);
    group()
        .and(ALICE, new MemberRoleChanged(BOB, Role.OWNER))
        .when(ALICE, new LeaveConversation())
        .then(new MemberLeft(ALICE));
  }

  @Test
  void lastOwnerLeavesWhenAlone() {
    group()
        .and(BOB, new MemberLeft(BOB))
        .and(CARLA, new MemberLeft(CARLA))
        .and(DAN, new MemberLeft(DAN))
        .when(ALICE, new LeaveConversation())
        .then(new MemberLeft(ALICE));
  }

  @Test
  void nobodyLeavesADirectConversation() {
    direct().when(BOB, new LeaveConversation()).thenRejected(ErrorCode.NOT_FOR_THIS_KIND);
  }

  @Test
  void leaveSentAgainIsRepeatedAndAnotherOneLooksAbsent() {
    group()
        .and(BOB, id("leave"), new MemberLeft(BOB))
        .when(BOB, id("leave"), new LeaveConversation())
        .thenRepeated(6, 0);
    group()
        .and(BOB, id("leave"), new MemberLeft(BOB))
        .when(BOB, id("leave twice"), new LeaveConversation())
        .thenRejected(ErrorCode.NOT_FOUND);
  }

  @Test
  void moderatorInvitesIntoAGroupAndAPlainMemberDoesNot() {
    group()
        .when(CARLA, new InviteMember(STRANGER, Role.MEMBER))
        .then(new MemberJoined(STRANGER, Role.MEMBER));
    group().when(BOB, new InviteMember(STRANGER, Role.MEMBER)).thenRejected(ErrorCode.FORBIDDEN);
  }

  @Test
  void anyMemberInvitesIntoAChannelButNotWhoOnlyReads() {
    channel()
        .when(BOB, new InviteMember(STRANGER, Role.MEMBER))
        .then(new MemberJoined(STRANGER, Role.MEMBER));
    channel()
        .and(ALICE, new MemberRoleChanged(BOB, Role.READ_ONLY))
        .when(BOB, new InviteMember(STRANGER, Role.MEMBER))
        .thenRejected(ErrorCode.FORBIDDEN);
  }

  @Test
  void nobodyInvitesAboveTheirOwnRank() {
    group()
        .when(CARLA, new InviteMember(STRANGER, Role.MODERATOR))
        .thenRejected(ErrorCode.FORBIDDEN);
    group()
        .when(ALICE, new InviteMember(STRANGER, Role.OWNER))
        .then(new MemberJoined(STRANGER, Role.OWNER));
  }

  @Test
  void whoIsAMemberAlreadyIsNotInvitedAgain() {
    group().when(ALICE, new InviteMember(BOB, Role.MEMBER)).thenRepeated(3, 0);
  }

  @Test
  void nobodyIsInvitedIntoADirectConversation() {
    direct()
        .when(ALICE, new InviteMember(STRANGER, Role.MEMBER))
        .thenRejected(ErrorCode.NOT_FOR_THIS_KIND);
  }

  @Test
  void moderatorRemovesAMemberButNobodyOfTheSameRankOrHigher() {
    group().when(CARLA, new RemoveMember(BOB)).then(new MemberRemoved(BOB));
    group().when(CARLA, new RemoveMember(DAN)).thenRejected(ErrorCode.FORBIDDEN);
    group().when(CARLA, new RemoveMember(ALICE)).thenRejected(ErrorCode.FORBIDDEN);
    group().when(CARLA, new RemoveMember(CARLA)).thenRejected(ErrorCode.FORBIDDEN);
    group().when(DAN, new RemoveMember(CARLA)).then(new MemberRemoved(CARLA));
    group().when(BOB, new RemoveMember(DAN)).thenRejected(ErrorCode.FORBIDDEN);
  }

  @Test
  void whoIsNoMemberCannotBeRemoved() {
    group().when(ALICE, new RemoveMember(STRANGER)).thenRejected(ErrorCode.NOT_A_MEMBER);
  }

  @Test
  void lateResendOfARemovalDoesNotRemoveWhoWasInvitedAgain() {
    group()
        .and(ALICE, id("remove"), new MemberRemoved(BOB))
        .and(ALICE, new MemberJoined(BOB, Role.MEMBER))
        .when(ALICE, id("remove"), new RemoveMember(BOB))
        .thenRepeated(6, 0);
  }

  @Test
  void ownerChangesAnyRoleAndAdminOnlyLowerOnes() {
    group()
        .when(ALICE, new ChangeRole(DAN, Role.OWNER))
        .then(new MemberRoleChanged(DAN, Role.OWNER));
    group()
        .when(DAN, new ChangeRole(BOB, Role.MODERATOR))
        .then(new MemberRoleChanged(BOB, Role.MODERATOR));
    group().when(DAN, new ChangeRole(BOB, Role.ADMIN)).thenRejected(ErrorCode.FORBIDDEN);
    group().when(DAN, new ChangeRole(ALICE, Role.MEMBER)).thenRejected(ErrorCode.FORBIDDEN);
    group().when(CARLA, new ChangeRole(BOB, Role.READ_ONLY)).thenRejected(ErrorCode.FORBIDDEN);
  }

  @Test
  void lastOwnerCannotStepDown() {
    group().when(ALICE, new ChangeRole(ALICE, Role.MEMBER)).thenRejected(ErrorCode.LAST_OWNER);
  }

  @Test
  void roleThatIsHeldAlreadyIsRepeated() {
    group().when(ALICE, new ChangeRole(BOB, Role.MEMBER)).thenRepeated(3, 0);
  }

  @Test
  void everythingLooksAbsentToAStranger() {
    for (var command :
        new dev.parley.schemas.command.Command[] {
          new LeaveConversation(),
          new InviteMember(STRANGER, Role.MEMBER),
          new RemoveMember(BOB),
          new ChangeRole(BOB, Role.ADMIN)
        }) {
      group().when(STRANGER, command).thenRejected(ErrorCode.NOT_FOUND);
      givenNothing(CONVERSATION).when(STRANGER, command).thenRejected(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void commandIdOfSomebodyElseIsRefused() {
    group()
        .and(BOB, id("taken"), new MemberLeft(BOB))
        .when(CARLA, id("taken"), new LeaveConversation())
        .thenRejected(ErrorCode.INVALID);
  }

  /// Alice owns it, Dan is admin, Carla moderator, Bob member.
  private static Scenario group() {
    return given(
        new ConversationCreated(
            ConversationKind.GROUP, "Group", "", HistoryVisibility.FROM_START, false),
        new MemberJoined(ALICE, Role.OWNER),
        new MemberJoined(BOB, Role.MEMBER),
        new MemberJoined(CARLA, Role.MODERATOR),
        new MemberJoined(DAN, Role.ADMIN));
  }

  private static Scenario channel() {
    return given(
        new ConversationCreated(
            ConversationKind.CHANNEL, "Channel", "", HistoryVisibility.FROM_START, false),
        new MemberJoined(ALICE, Role.OWNER),
        new MemberJoined(BOB, Role.MEMBER));
  }

  private static Scenario direct() {
    return given(
        new ConversationCreated(
            ConversationKind.DIRECT, "", "", HistoryVisibility.FROM_START, false),
        new MemberJoined(ALICE, Role.MEMBER),
        new MemberJoined(BOB, Role.MEMBER));
  }
}
