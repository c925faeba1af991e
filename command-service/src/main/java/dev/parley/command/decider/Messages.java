package dev.parley.command.decider;

import dev.parley.command.decider.Permissions.Action;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is said in a conversation.
///
/// Threads are one level deep: whoever answers a message inside a thread, in a thread, lands in
/// that same thread.
final class Messages {

  private Messages() {}

  static Decision send(
      ConversationView view, CommandEnvelope envelope, Command.SendMessage send, long atMillis) {
    return Asked.byMember(
        view,
        envelope,
        asked -> {
          if (!asked.may(Action.SEND)) {
            return asked.refused(Action.SEND);
          }
          Decision.Rejected silenced = asked.silenced(atMillis);
          if (silenced != null) {
            return silenced;
          }
          if (send.everyone() != Everyone.NONE && !asked.may(Action.MENTION_EVERYONE)) {
            return asked.refused(Action.MENTION_EVERYONE);
          }
          Decision.Rejected unfit =
              unfit(view, envelope.commandId(), send.replyTo(), send.thread());
          if (unfit != null) {
            return unfit;
          }
          Decision.Rejected tooSoon = tooSoon(asked, atMillis);
          if (tooSoon != null) {
            return tooSoon;
          }
          return Asked.accepted(
              new EventData.MessageSent(
                  envelope.commandId(),
                  send.body(),
                  send.replyTo(),
                  root(view, send.thread()),
                  false,
                  send.everyone(),
                  send.expiresAfterMillis() == 0 ? 0 : atMillis + send.expiresAfterMillis(),
                  send.forwarded()),
              atMillis);
        });
  }

  /// Its author need not be a member, nor is anybody's role asked: only the operator's tools write
  /// such commands.
  static Decision importMessage(
      ConversationView view, CommandEnvelope envelope, Command.ImportMessage imported) {
    if (view.conversation() == null) {
      return Decision.absent();
    }
    Decision.Rejected unfit =
        unfit(view, envelope.commandId(), imported.replyTo(), imported.thread());
    if (unfit != null) {
      return unfit;
    }
    return Asked.accepted(
        new EventData.MessageSent(
            envelope.commandId(),
            imported.body(),
            imported.replyTo(),
            root(view, imported.thread()),
            true),
        imported.atMillis());
  }

  static Decision edit(
      ConversationView view, CommandEnvelope envelope, Command.EditMessage edit, long atMillis) {
    return Asked.byMember(
        view,
        envelope,
        asked -> {
          Message message = view.message(edit.message());
          if (message == null) {
            return messageAbsent(edit.message());
          }
          if (!message.author().equals(envelope.actor())) {
            return new Decision.Rejected(
                ErrorCode.FORBIDDEN, "Only its author may edit a message.");
          }
          if (!asked.may(Action.EDIT_OWN)) {
            return asked.refused(Action.EDIT_OWN);
          }
          if (message.deleted() != null) {
            return deleted();
          }
          Decision.Rejected silenced = asked.silenced(atMillis);
          if (silenced != null) {
            return silenced;
          }
          return Asked.accepted(
              new EventData.MessageEdited(edit.message(), message.revision() + 1, edit.body()),
              atMillis);
        });
  }

  static Decision delete(
      ConversationView view,
      CommandEnvelope envelope,
      Command.DeleteMessage delete,
      long atMillis) {
    return Asked.byModerator(
        view,
        envelope,
        asked -> {
          Message message = view.message(delete.message());
          if (message == null) {
            return messageAbsent(delete.message());
          }
          boolean own = message.author().equals(envelope.actor());
          if (!(own && asked.may(Action.DELETE_OWN)) && !asked.may(Action.DELETE_ANY)) {
            return new Decision.Rejected(
                ErrorCode.FORBIDDEN,
                "Only its author, or a moderator of a group or a channel, may delete a message.");
          }
          Mark deleted = message.deleted();
          if (deleted != null) {
            return new Decision.Repeated(deleted);
          }
          if (asked.conversation().policy().archived()) {
            return Asked.archived();
          }
          return Asked.accepted(new EventData.MessageDeleted(delete.message()), atMillis);
        });
  }

  /// By the timers, also if its author has left or the conversation is archived since.
  static Decision expire(ConversationView view, UUID id, long atMillis) {
    Message message = view.message(id);
    if (message == null) {
      return messageAbsent(id);
    }
    Mark deleted = message.deleted();
    if (deleted != null) {
      return new Decision.Repeated(deleted);
    }
    return message.expiresAtMillis() == 0 || atMillis < message.expiresAtMillis()
        ? new Decision.Rejected(ErrorCode.FORBIDDEN, "The message's time has not come.")
        : Asked.accepted(new EventData.MessageDeleted(id, true), atMillis);
  }

  private static Decision.@Nullable Rejected tooSoon(Asked asked, long atMillis) {
    long waitMillis =
        asked.by().spokeAtMillis()
            + asked.conversation().policy().slowModeSeconds() * 1_000L
            - atMillis;
    return waitMillis > 0
            && asked.by().spokeAtMillis() > 0
            && Permissions.mustWaitInSlowMode(asked.by().role())
        ? new Decision.Rejected(
            ErrorCode.SLOW_MODE,
            "Members speak every %d s here."
                .formatted(asked.conversation().policy().slowModeSeconds()),
            waitMillis)
        : null;
  }

  private static Decision.@Nullable Rejected unfit(
      ConversationView view, UUID id, @Nullable UUID replyTo, @Nullable UUID thread) {
    // The author's own repeat is answered before, so a message that exists is somebody else's.
    if (view.message(id) != null) {
      return new Decision.Rejected(
          ErrorCode.MESSAGE_EXISTS, "A message of another author has this id.");
    }
    if (!Ids.isVersion7(id)) {
      return new Decision.Rejected(ErrorCode.INVALID, "A message id must be a UUIDv7.");
    }
    if (replyTo != null && view.message(replyTo) == null) {
      return messageAbsent(replyTo);
    }
    if (thread != null && view.message(thread) == null) {
      return messageAbsent(thread);
    }
    return null;
  }

  private static @Nullable UUID root(ConversationView view, @Nullable UUID thread) {
    Message first = thread == null ? null : view.message(thread);
    return first == null || first.thread() == null ? thread : first.thread();
  }

  static Decision.Rejected deleted() {
    return new Decision.Rejected(ErrorCode.MESSAGE_DELETED, "The message was deleted.");
  }

  static Decision.Rejected messageAbsent(UUID id) {
    return new Decision.Rejected(
        ErrorCode.MESSAGE_NOT_FOUND, "There is no message " + id + " in this conversation.");
  }
}
