package dev.parley.schemas.wire;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;

/// Which commands a block stops: those that would reach, in a direct conversation or by being
/// brought together in another, a person who wants nothing of the actor. Both doors ask it before
/// they seal.
///
/// In a group that both are in anyway the page hides what the other wrote.
public final class Blocks {

  private Blocks() {}

  /// @param isBlockedIn whether in a direct conversation the other side has blocked the actor
  public static boolean stop(
      Command command, UUID conversation, UUID actor, BiPredicate<UUID, UUID> isBlockedIn) {
    return switch (command) {
      case Command.SendMessage _, Command.EditMessage _, Command.AddReaction _ ->
          isBlockedIn.test(conversation, actor);
      case Command.ScheduleMessage schedule -> isBlockedIn.test(schedule.target(), actor);
      case Command.CreateConversation create ->
          isBlockedByOne(create.members(), actor, isBlockedIn);
      case Command.InviteMember(var user, _) -> isBlockedByOne(List.of(user), actor, isBlockedIn);
      case Command.JoinConversation _,
          Command.LeaveConversation _,
          Command.RemoveMember _,
          Command.ChangeRole _,
          Command.DeleteMessage _,
          Command.ImportConversation _,
          Command.ImportMessage _,
          Command.ChangeConversation _,
          Command.ArchiveConversation _,
          Command.BanMember _,
          Command.UnbanMember _,
          Command.TransferOwnership _,
          Command.MuteMember _,
          Command.RemoveReaction _,
          Command.PinMessage _,
          Command.UnpinMessage _,
          Command.AddChannel _,
          Command.RemoveChannel _,
          Command.CancelSchedule _,
          Command.EndSchedule _,
          Command.ExpireMessage _ ->
          false;
    };
  }

  private static boolean isBlockedByOne(
      List<UUID> people, UUID actor, BiPredicate<UUID, UUID> isBlockedIn) {
    return people.stream()
        .anyMatch(person -> isBlockedIn.test(Ids.directConversation(actor, person), actor));
  }
}
