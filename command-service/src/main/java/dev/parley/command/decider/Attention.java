package dev.parley.command.decider;

import dev.parley.command.decider.Permissions.Action;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import java.util.UUID;
import java.util.function.BiFunction;

/// What people do to a message without changing it: react to it, pin it.
final class Attention {

  private static final int EMOJIS_MAX = 50;
  private static final int PINS_MAX = 100;

  private Attention() {}

  static Decision react(
      ConversationView view, CommandEnvelope envelope, UUID id, String emoji, long atMillis) {
    return toMessage(
        view,
        envelope,
        id,
        Action.REACT,
        atMillis,
        (_, message) -> {
          Mark earlier = view.fact(new Fact.Reaction(id, envelope.actor(), emoji));
          if (earlier != null) {
            return new Decision.Repeated(earlier);
          }
          return message.emojis() >= EMOJIS_MAX && view.reactions(id, emoji) == 0
              ? new Decision.Rejected(
                  ErrorCode.LIMIT_REACHED,
                  "A message has reactions of " + EMOJIS_MAX + " kinds at most.")
              : Asked.accepted(new EventData.ReactionAdded(id, emoji), atMillis);
        });
  }

  static Decision unreact(
      ConversationView view, CommandEnvelope envelope, UUID id, String emoji, long atMillis) {
    return toMessage(
        view,
        envelope,
        id,
        Action.REACT,
        atMillis,
        (_, _) ->
            view.fact(new Fact.Reaction(id, envelope.actor(), emoji)) == null
                ? new Decision.Rejected(ErrorCode.NOT_FOUND, "You did not react so.")
                : Asked.accepted(new EventData.ReactionRemoved(id, emoji), atMillis));
  }

  static Decision pin(ConversationView view, CommandEnvelope envelope, UUID id, long atMillis) {
    return toMessage(
        view,
        envelope,
        id,
        Action.PIN,
        atMillis,
        (asked, message) -> {
          Mark pinned = message.pinned();
          if (pinned != null) {
            return new Decision.Repeated(pinned);
          }
          return asked.conversation().counts().pins() >= PINS_MAX
              ? new Decision.Rejected(
                  ErrorCode.LIMIT_REACHED, "A conversation has " + PINS_MAX + " pins at most.")
              : Asked.accepted(new EventData.MessagePinned(id), atMillis);
        });
  }

  static Decision unpin(ConversationView view, CommandEnvelope envelope, UUID id, long atMillis) {
    return toMessage(
        view,
        envelope,
        id,
        Action.PIN,
        atMillis,
        (_, message) ->
            message.pinned() == null
                ? new Decision.Rejected(ErrorCode.NOT_FOUND, "The message is not pinned.")
                : Asked.accepted(new EventData.MessageUnpinned(id), atMillis));
  }

  /// A message that is there, by one who may and is not silenced.
  private static Decision toMessage(
      ConversationView view,
      CommandEnvelope envelope,
      UUID id,
      Action action,
      long atMillis,
      BiFunction<Asked, Message, Decision> rule) {
    return Asked.byMember(
        view,
        envelope,
        asked -> {
          Message message = view.message(id);
          if (message == null) {
            return Messages.messageAbsent(id);
          }
          if (!asked.may(action)) {
            return asked.refused(action);
          }
          Decision.Rejected silenced = asked.silenced(atMillis);
          if (silenced != null) {
            return silenced;
          }
          return message.deleted() == null ? rule.apply(asked, message) : Messages.deleted();
        });
  }
}
