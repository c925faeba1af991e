package dev.parley.filter;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody asks to write.
///
/// @param message the one that is sent or edited
/// @param attachments their names
public record Submission(
    UUID conversation, UUID actor, UUID message, Kind kind, String text, List<String> attachments) {

  public Submission {
    attachments = List.copyOf(attachments);
  }

  /// As what it is written.
  public enum Kind {
    SEND,
    EDIT,
    FORWARD,
    SCHEDULE;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Only what is sent at once can be sent later by a moderator. An edit would come after newer
    /// ones, and what was scheduled for another time would be sent at theirs.
    boolean canBeHeld() {
      return switch (this) {
        case SEND, FORWARD -> true;
        case EDIT, SCHEDULE -> false;
      };
    }

    private static Kind of(Command.SendMessage send) {
      return send.forwarded() == null ? SEND : FORWARD;
    }
  }

  /// Null: the command writes nothing, or nothing that is readable here.
  ///
  /// @param id of the command
  static @Nullable Submission of(Command command, UUID conversation, UUID id, UUID actor) {
    if (command instanceof Command.SendMessage send
        && send.body() instanceof Body.Plain(var content)) {
      return of(conversation, actor, id, Kind.of(send), content);
    }
    if (command instanceof Command.EditMessage(var message, Body.Plain(var content))) {
      return of(conversation, actor, message, Kind.EDIT, content);
    }
    if (command instanceof Command.ScheduleMessage schedule
        && schedule.send().body() instanceof Body.Plain(var content)) {
      return of(schedule.target(), actor, schedule.message(), Kind.SCHEDULE, content);
    }
    return null;
  }

  private static Submission of(
      UUID conversation, UUID actor, UUID message, Kind kind, Content content) {
    return new Submission(
        conversation,
        actor,
        message,
        kind,
        content.text(),
        content.attachments().stream().map(Attachment::name).toList());
  }
}
