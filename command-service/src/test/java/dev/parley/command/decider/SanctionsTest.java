package dev.parley.command.decider;

import static dev.parley.command.decider.Scenario.ALICE;
import static dev.parley.command.decider.Scenario.BOB;
import static dev.parley.command.decider.Scenario.CARLA;
import static dev.parley.command.decider.Scenario.DAN;
import static dev.parley.command.decider.Scenario.NOW;
import static dev.parley.command.decider.Scenario.given;
import static dev.parley.command.decider.Scenario.id;
import static dev.parley.command.decider.Scenario.text;

import dev.parley.schemas.command.Command.AddReaction;
import dev.parley.schemas.command.Command.ArchiveConversation;
import dev.parley.schemas.command.Command.BanMember;
import dev.parley.schemas.command.Command.EditMessage;
import dev.parley.schemas.command.Command.InviteMember;
import dev.parley.schemas.command.Command.JoinConversation;
import dev.parley.schemas.command.Command.LeaveConversation;
import dev.parley.schemas.command.Command.MuteMember;
import dev.parley.schemas.command.Command.SendMessage;
import dev.parley.schemas.command.Command.TransferOwnership;
import dev.parley.schemas.command.Command.UnbanMember;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData.ConversationArchived;
import dev.parley.schemas.event.EventData.ConversationChanged;
import dev.parley.schemas.event.EventData.ConversationCreated;
import dev.parley.schemas.event.EventData.MemberBanned;
import dev.parley.schemas.event.EventData.MemberJoined;
import dev.parley.schemas.event.EventData.MemberMuted;
import dev.parley.schemas.event.EventData.MemberRemoved;
import dev.parley.schemas.event.EventData.MemberRoleChanged;
import dev.parley.schemas.event.EventData.MemberUnbanned;
import dev.parley.schemas.event.EventData.MessageSent;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SanctionsTest {

  private static final UUID FIRST = id("first message");
  private static final UUID NEW = id("new message");
  private static final SendMessage HELLO = new SendMessage(text("hello"), null, null);

  /// Alice owns, Bob moderates, Carla is a member, Dan is none.
  private static Scenario channel() {
    return given(
        new ConversationCreated(
            ConversationKind.CHANNEL, "T", "", HistoryVisibility.FROM_START, false),
        new MemberJoined(ALICE, Role.OWNER),
        new MemberJoined(BOB, Role.MODERATOR),
        new MemberJoined(CARLA, Role.MEMBER),
        new MessageSent(FIRST, text("first"), null, null, false));
  }

  @Test
  void aMutedMemberNeitherSpeaksNorEditsNorReactsUntilTheTimeIsOver() {
    channel().when(BOB, new MuteMember(CARLA, 60_000)).then(new MemberMuted(CARLA, NOW + 61_000));
    var muted = channel().and(BOB, new MemberMuted(CARLA, NOW + 1_500));
    muted.when(CARLA, NEW, HELLO).thenRejectedFor(ErrorCode.MUTED, 500);
    muted.when(CARLA, new AddReaction(FIRST, "👍")).thenRejected(ErrorCode.MUTED);
    muted.when(ALICE, new EditMessage(FIRST, text("x"))).thenAccepted();
    channel().and(BOB, new MemberMuted(CARLA, NOW + 1_000)).when(CARLA, NEW, HELLO).thenAccepted();
  }

  @Test
  void nobodyMutesOrBansWhoRanksAsHigh() {
    channel().when(BOB, new MuteMember(ALICE, 1)).thenRejected(ErrorCode.FORBIDDEN);
    channel().when(BOB, new BanMember(BOB, 1, "")).thenRejected(ErrorCode.FORBIDDEN);
    channel().when(CARLA, new BanMember(DAN, 1, "")).thenRejected(ErrorCode.FORBIDDEN);
  }

  @Test
  void aBanRemovesFirstAndThenKeepsOut() {
    channel()
        .when(BOB, new BanMember(CARLA, 0, "spam"))
        .then(new MemberRemoved(CARLA), new MemberBanned(CARLA, 0, "spam"));
    channel().when(BOB, new BanMember(DAN, 0, "")).then(new MemberBanned(DAN, 0, ""));
    var banned = channel().and(BOB, new MemberBanned(DAN, NOW + 5_000, ""));
    banned.when(DAN, new JoinConversation()).thenRejected(ErrorCode.BANNED);
    banned.when(ALICE, new InviteMember(DAN, Role.MEMBER)).thenRejected(ErrorCode.BANNED);
    banned.when(BOB, new UnbanMember(DAN)).then(new MemberUnbanned(DAN));
    channel()
        .and(BOB, new MemberBanned(DAN, NOW + 900, ""))
        .when(DAN, new JoinConversation())
        .thenAccepted();
  }

  @Test
  void inSlowModeMembersWaitAndModeratorsDoNot() {
    var slow =
        channel()
            .and(
                ALICE,
                new ConversationChanged(new ConversationChange(null, null, null, null, null, 10)))
            .and(CARLA, new MessageSent(NEW, text("one"), null, null, false))
            .and(BOB, new MessageSent(id("by bob"), text("one"), null, null, false));
    slow.when(CARLA, id("second"), HELLO).thenRejectedFor(ErrorCode.SLOW_MODE, 9_007);
    slow.when(BOB, id("second"), HELLO).thenAccepted();
    slow.when(ALICE, id("second"), HELLO).thenAccepted();
  }

  @Test
  void anArchivedConversationTakesNothingButTheWayOut() {
    var archived = channel().and(ALICE, new ConversationArchived(true));
    archived.when(ALICE, NEW, HELLO).thenRejected(ErrorCode.ARCHIVED);
    archived.when(ALICE, new AddReaction(FIRST, "👍")).thenRejected(ErrorCode.ARCHIVED);
    archived.when(DAN, new JoinConversation()).thenRejected(ErrorCode.ARCHIVED);
    archived.when(CARLA, new LeaveConversation()).thenAccepted();
    archived.when(ALICE, new ArchiveConversation(false)).then(new ConversationArchived(false));
  }

  @Test
  void onlyModeratorsCallEverybodyOfAChannel() {
    var all = new SendMessage(text("hello"), null, null, Everyone.ALL, 0, null);
    channel().when(CARLA, NEW, all).thenRejected(ErrorCode.FORBIDDEN);
    channel().when(BOB, NEW, all).thenAccepted();
  }

  @Test
  void anOwnerHandsOverAndStaysAsAdmin() {
    channel()
        .when(ALICE, new TransferOwnership(CARLA))
        .then(new MemberRoleChanged(CARLA, Role.OWNER), new MemberRoleChanged(ALICE, Role.ADMIN));
    channel().when(BOB, new TransferOwnership(CARLA)).thenRejected(ErrorCode.FORBIDDEN);
    channel().when(ALICE, new TransferOwnership(DAN)).thenRejected(ErrorCode.NOT_A_MEMBER);
  }

  /// Two owners who demote each other at once: the first succeeds, the second is no owner any more.
  @Test
  void twoOwnersWhoDemoteEachOtherEndInOneOrder() {
    var owners = channel().and(ALICE, new MemberRoleChanged(BOB, Role.OWNER));
    owners
        .when(ALICE, new dev.parley.schemas.command.Command.ChangeRole(BOB, Role.MEMBER))
        .then(new MemberRoleChanged(BOB, Role.MEMBER));
    owners
        .and(ALICE, new MemberRoleChanged(BOB, Role.MEMBER))
        .when(BOB, new dev.parley.schemas.command.Command.ChangeRole(ALICE, Role.MEMBER))
        .thenRejected(ErrorCode.FORBIDDEN);
  }
}
