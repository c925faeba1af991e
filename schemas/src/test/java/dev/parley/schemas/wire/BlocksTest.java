package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlocksTest {

  private final UUID ada = Ids.uuid7();
  private final UUID bob = Ids.uuid7();
  private final UUID direct = Ids.directConversation(ada, bob);
  private final Body body = new Body.Plain(new Content("hi", List.of()));
  private final Command.SendMessage send = new Command.SendMessage(body, null, null);

  @Test
  void whoIsBlockedReachesTheOtherInNoWay() {
    assertThat(List.of(send, new Command.EditMessage(Ids.uuid7(), body), reaction()))
        .allMatch(command -> stop(command, direct, bob));
    assertThat(
            stop(
                new Command.ScheduleMessage(direct, Ids.uuid7(), send, 1),
                Ids.selfConversation(bob),
                bob))
        .isTrue();
    assertThat(stop(new Command.InviteMember(ada, Role.MEMBER), Ids.uuid7(), bob)).isTrue();
  }

  @Test
  void whoBlocksIsNotStoppedAndTheirOtherConversationsAreNot() {
    assertThat(stop(send, direct, ada)).isFalse();
    assertThat(stop(send, Ids.directConversation(bob, Ids.uuid7()), bob)).isFalse();
    assertThat(stop(send, Ids.uuid7(), bob)).as("a group that both are in").isFalse();
    assertThat(stop(new Command.InviteMember(bob, Role.MEMBER), Ids.uuid7(), ada)).isFalse();
  }

  @Test
  void whatTakesSomethingBackIsNotStopped() {
    assertThat(
            List.of(
                new Command.DeleteMessage(Ids.uuid7()),
                new Command.RemoveReaction(Ids.uuid7(), "+1"),
                new Command.LeaveConversation()))
        .noneMatch(command -> stop(command, direct, bob));
  }

  @ParameterizedTest
  @EnumSource(
      value = ConversationKind.class,
      names = {"DIRECT", "GROUP", "CHANNEL"})
  void whoIsBlockedBringsTheOtherIntoNothingNew(ConversationKind kind) {
    var create =
        new Command.CreateConversation(
            kind, "", "", HistoryVisibility.FROM_START, List.of(Ids.uuid7(), ada));
    assertThat(stop(create, Ids.uuid7(), bob)).isTrue();
    assertThat(stop(create, Ids.uuid7(), Ids.uuid7())).isFalse();
  }

  private Command reaction() {
    return new Command.AddReaction(Ids.uuid7(), "+1");
  }

  /// Ada has blocked Bob.
  private boolean stop(Command command, UUID conversation, UUID actor) {
    return Blocks.stop(
        command, conversation, actor, (in, who) -> in.equals(direct) && who.equals(bob));
  }
}
