package dev.parley.command.decider;

import static dev.parley.command.decider.Scenario.ALICE;
import static dev.parley.command.decider.Scenario.BOB;
import static dev.parley.command.decider.Scenario.CARLA;
import static dev.parley.command.decider.Scenario.DAN;
import static dev.parley.command.decider.Scenario.NOW;
import static dev.parley.command.decider.Scenario.STRANGER;
import static dev.parley.command.decider.Scenario.given;
import static dev.parley.command.decider.Scenario.id;
import static dev.parley.command.decider.Scenario.text;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.event.EventData.ConversationArchived;
import dev.parley.schemas.event.EventData.ConversationChanged;
import dev.parley.schemas.event.EventData.ConversationCreated;
import dev.parley.schemas.event.EventData.MemberBanned;
import dev.parley.schemas.event.EventData.MemberJoined;
import dev.parley.schemas.event.EventData.MemberMuted;
import dev.parley.schemas.event.EventData.MemberRemoved;
import dev.parley.schemas.event.EventData.MemberRoleChanged;
import dev.parley.schemas.event.EventData.MemberUnbanned;
import dev.parley.schemas.event.EventData.MessageDeleted;
import dev.parley.schemas.event.EventData.MessageSent;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What admins of the deployment may do, as members and as strangers, and what not.
class AdminsTest {

  private static final UUID ADMIN = STRANGER;
  private static final UUID FIRST = id("first message");
  private static final ConversationChange TITLE =
      new ConversationChange("New", null, null, null, null, null);

  /// What an admin may do about Carla.
  private static final List<Command> MODERATION =
      List.of(
          new Command.DeleteMessage(FIRST),
          new Command.RemoveMember(CARLA),
          new Command.BanMember(CARLA, 0, ""),
          new Command.UnbanMember(DAN),
          new Command.MuteMember(CARLA, 1_000),
          new Command.ArchiveConversation(true),
          new Command.ChangeConversation(TITLE),
          new Command.ChangeRole(CARLA, Role.OWNER),
          new Command.TransferOwnership(CARLA));

  private static final List<Command> NOT_FOR_ADMINS =
      List.of(
          new Command.SendMessage(text("hello"), null, null),
          new Command.EditMessage(FIRST, text("other")),
          new Command.AddReaction(FIRST, "👍"),
          new Command.RemoveReaction(FIRST, "👍"),
          new Command.PinMessage(FIRST),
          new Command.UnpinMessage(FIRST),
          new Command.InviteMember(DAN, Role.MEMBER),
          new Command.LeaveConversation(),
          new Command.AddChannel(id("channel")),
          new Command.RemoveChannel(id("channel")));

  /// Alice owns, Bob moderates, Carla is a member and wrote, Dan is banned.
  private static Scenario conversation(ConversationKind kind) {
    return given(
            new ConversationCreated(kind, "T", "", HistoryVisibility.FROM_START, false),
            new MemberJoined(ALICE, Role.OWNER),
            new MemberJoined(BOB, Role.MODERATOR),
            new MemberJoined(CARLA, Role.MEMBER))
        .and(CARLA, new MessageSent(FIRST, text("first"), null, null, false))
        .and(ALICE, new MemberBanned(DAN, 0, ""));
  }

  @ParameterizedTest
  @EnumSource(names = {"GROUP", "CHANNEL"})
  void anAdminModeratesWithoutBeingAMember(ConversationKind kind) {
    check(kind, new Command.DeleteMessage(FIRST), new MessageDeleted(FIRST));
    check(kind, new Command.RemoveMember(BOB), new MemberRemoved(BOB));
    check(
        kind,
        new Command.BanMember(BOB, 0, "spam"),
        new MemberRemoved(BOB),
        new MemberBanned(BOB, 0, "spam"));
    check(kind, new Command.UnbanMember(DAN), new MemberUnbanned(DAN));
    check(kind, new Command.MuteMember(ALICE, 1_000), new MemberMuted(ALICE, NOW + 2_000));
    check(kind, new Command.ArchiveConversation(true), new ConversationArchived(true));
    check(kind, new Command.ChangeConversation(TITLE), new ConversationChanged(TITLE));
    check(
        kind, new Command.ChangeRole(CARLA, Role.OWNER), new MemberRoleChanged(CARLA, Role.OWNER));
    check(kind, new Command.TransferOwnership(CARLA), new MemberRoleChanged(CARLA, Role.OWNER));
  }

  @Test
  void aSpaceIsModeratedAsFarAsItKnowsSuchThings() {
    check(ConversationKind.SPACE, new Command.RemoveMember(BOB), new MemberRemoved(BOB));
    conversation(ConversationKind.SPACE)
        .whenAdmin(ADMIN, new Command.MuteMember(CARLA, 1_000))
        .thenRejected(ErrorCode.NOT_FOR_THIS_KIND);
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheFlagTheSamePersonIsAStranger(ConversationKind kind) {
    for (var command : MODERATION) {
      conversation(kind).when(ADMIN, command).thenRejected(ErrorCode.NOT_FOUND);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SELF", "DIRECT"})
  void whatIsPrivateIsClosedToAdmins(ConversationKind kind) {
    for (var command : MODERATION) {
      conversation(kind).whenAdmin(ADMIN, command).thenRejected(ErrorCode.NOT_FOUND);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAdminNeitherWritesNorBringsPeopleIn(ConversationKind kind) {
    for (var command : NOT_FOR_ADMINS) {
      conversation(kind).whenAdmin(ADMIN, command).thenRejected(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void asAMemberAnAdminKeepsTheRightsOfOneBesides() {
    var own = id("own message");
    var member =
        conversation(ConversationKind.CHANNEL)
            .and(ADMIN, new MemberJoined(ADMIN, Role.READ_ONLY))
            .and(ALICE, new MemberMuted(CARLA, NOW + 9_000));
    member
        .whenAdmin(ADMIN, new Command.SendMessage(text("hello"), null, null))
        .thenRejected(ErrorCode.FORBIDDEN);
    member
        .whenAdmin(ADMIN, new Command.EditMessage(FIRST, text("other")))
        .thenRejected(ErrorCode.FORBIDDEN);
    member.whenAdmin(ADMIN, new Command.DeleteMessage(FIRST)).then(new MessageDeleted(FIRST));
    member
        .whenAdmin(ADMIN, new Command.DeleteMessage(own))
        .thenRejected(ErrorCode.MESSAGE_NOT_FOUND);
    conversation(ConversationKind.DIRECT)
        .and(ADMIN, new MemberJoined(ADMIN, Role.MEMBER))
        .whenAdmin(ADMIN, new Command.DeleteMessage(FIRST))
        .thenRejected(ErrorCode.FORBIDDEN);
  }

  /// A conversation of people without an owner could be helped by nobody but admins.
  @Test
  void theLastOwnerGoesOnlyAfterAnotherOneWasMade() {
    var group = conversation(ConversationKind.GROUP);
    for (var command :
        List.of(
            new Command.RemoveMember(ALICE),
            new Command.BanMember(ALICE, 0, ""),
            new Command.ChangeRole(ALICE, Role.MEMBER))) {
      group.whenAdmin(ADMIN, command).thenRejected(ErrorCode.LAST_OWNER);
    }
    var handed = group.and(ADMIN, new MemberRoleChanged(CARLA, Role.OWNER));
    handed.whenAdmin(ADMIN, new Command.TransferOwnership(CARLA)).thenRepeated(7, 1);
    handed
        .whenAdmin(ADMIN, new Command.BanMember(ALICE, 0, ""))
        .then(new MemberRemoved(ALICE), new MemberBanned(ALICE, 0, ""));
  }

  @Test
  void anOwnerWhoIsAnAdminHandsOverLikeAnyOwner() {
    conversation(ConversationKind.GROUP)
        .whenAdmin(ALICE, new Command.TransferOwnership(CARLA))
        .then(new MemberRoleChanged(CARLA, Role.OWNER), new MemberRoleChanged(ALICE, Role.ADMIN));
  }

  private static void check(ConversationKind kind, Command command, EventData... events) {
    conversation(kind).whenAdmin(ADMIN, command).then(events);
  }
}
