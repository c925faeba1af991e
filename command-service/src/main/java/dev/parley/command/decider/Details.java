package dev.parley.command.decider;

import dev.parley.command.decider.Permissions.Action;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import java.util.UUID;

/// What a conversation is called and how it is kept: its details, its archive, and, of a space, the
/// channels that it lists.
final class Details {

  private static final int CHANNELS_MAX = 500;

  private Details() {}

  static Decision change(
      ConversationView view, CommandEnvelope envelope, ConversationChange change, long atMillis) {
    return Asked.byModerator(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.CHANGE)) {
            return asked.refused(Action.CHANGE);
          }
          if (asked.conversation().policy().archived()) {
            return Asked.archived();
          }
          return change.isEmpty()
              ? new Decision.Rejected(ErrorCode.INVALID, "Nothing is to be changed.")
              : Asked.accepted(new EventData.ConversationChanged(change), atMillis);
        });
  }

  static Decision archive(
      ConversationView view, CommandEnvelope envelope, boolean archived, long atMillis) {
    return Asked.byModerator(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.ARCHIVE)) {
            return asked.refused(Action.ARCHIVE);
          }
          // Which event made it so is not kept; the head of the conversation is as good.
          return asked.conversation().policy().archived() == archived
              ? new Decision.Repeated(asked.conversation().created())
              : Asked.accepted(new EventData.ConversationArchived(archived), atMillis);
        });
  }

  static Decision addChannel(
      ConversationView view, CommandEnvelope envelope, UUID channel, long atMillis) {
    return Asked.byMember(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.LIST_CHANNEL)) {
            return asked.refused(Action.LIST_CHANNEL);
          }
          if (asked.conversation().policy().archived()) {
            return Asked.archived();
          }
          Mark listed = view.fact(new Fact.Listed(channel));
          if (listed != null) {
            return new Decision.Repeated(listed);
          }
          return asked.conversation().counts().channels() >= CHANNELS_MAX
              ? new Decision.Rejected(
                  ErrorCode.LIMIT_REACHED, "A space lists " + CHANNELS_MAX + " channels at most.")
              : Asked.accepted(new EventData.ChannelAdded(channel), atMillis);
        });
  }

  static Decision removeChannel(
      ConversationView view, CommandEnvelope envelope, UUID channel, long atMillis) {
    return Asked.byMember(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.LIST_CHANNEL)) {
            return asked.refused(Action.LIST_CHANNEL);
          }
          return view.fact(new Fact.Listed(channel)) == null
              ? new Decision.Rejected(
                  ErrorCode.NOT_FOUND, "The space does not list " + channel + ".")
              : Asked.accepted(new EventData.ChannelRemoved(channel), atMillis);
        });
  }
}
