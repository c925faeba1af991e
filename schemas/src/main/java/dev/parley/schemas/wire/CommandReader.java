package dev.parley.schemas.wire;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.CommandInput.Read;
import dev.parley.schemas.wire.CommandInput.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the command that the fields of a client describe.
final class CommandReader {

  private static final int SLOW_MODE_SECONDS_MAX = 86_400;
  private static final int TIME_CHARS_MAX = 40;

  private final Fields d;
  private final Limits limits;
  private final UUID actor;

  CommandReader(Fields d, UUID actor) {
    this.d = d;
    this.limits = d.limits;
    this.actor = actor;
  }

  CommandInput read(String type) {
    return switch (type) {
      case "create" -> create();
      case "change" -> change();
      case "archive" -> plain(new Command.ArchiveConversation(d.flag("archived")));
      case "join" -> plain(new Command.JoinConversation());
      case "leave" -> plain(new Command.LeaveConversation());
      case "invite" -> plain(new Command.InviteMember(d.id("user"), role(Role.MEMBER)));
      case "remove" -> plain(new Command.RemoveMember(d.id("user")));
      case "role" -> plain(new Command.ChangeRole(d.id("user"), role(null)));
      case "ban" ->
          plain(
              new Command.BanMember(
                  d.id("user"),
                  millis("for_seconds", 0),
                  d.text("reason", limits.titleCharsMax(), "")));
      case "unban" -> plain(new Command.UnbanMember(d.id("user")));
      case "mute" -> plain(new Command.MuteMember(d.id("user"), seconds("for_seconds") * 1_000));
      case "transfer" -> plain(new Command.TransferOwnership(d.id("user")));
      case "send" ->
          new Read(d.id("conversation"), d.clientId("message_id"), new ContentInput(d).send());
      case "edit" ->
          plain(new Command.EditMessage(d.id("message_id"), new ContentInput(d).body(false)));
      case "delete" -> plain(new Command.DeleteMessage(d.id("message_id")));
      case "react" -> plain(new Command.AddReaction(d.id("message_id"), emoji()));
      case "unreact" -> plain(new Command.RemoveReaction(d.id("message_id"), emoji()));
      case "pin" -> plain(new Command.PinMessage(d.id("message_id")));
      case "unpin" -> plain(new Command.UnpinMessage(d.id("message_id")));
      case "add_channel" -> plain(new Command.AddChannel(d.id("channel")));
      case "remove_channel" -> plain(new Command.RemoveChannel(d.id("channel")));
      case "schedule" -> schedule();
      case "cancel_schedule" ->
          new Read(
              Ids.selfConversation(actor),
              commandId(),
              new Command.CancelSchedule(d.id("message_id")));
      // Any text can come here from a client, so this is no closed set.
      default -> new Refused(ErrorCode.UNKNOWN_TYPE, "There is no command \"" + type + "\".");
    };
  }

  private Read plain(Command command) {
    return new Read(d.id("conversation"), commandId(), command);
  }

  private Read create() {
    var kind = ConversationKind.fromWire(d.text("kind", limits.titleCharsMax()));
    if (kind == null) {
      throw Fields.invalid("\"kind\" must be self, direct, group, channel or space.");
    }
    var members = d.ids("members", limits.membersMax());
    var title = title("");
    var conversation =
        switch (kind) {
          case SELF -> Ids.selfConversation(actor);
          case DIRECT -> Ids.directConversation(actor, theOther(members));
          case GROUP, CHANNEL, SPACE -> {
            if (title.isEmpty()) {
              throw Fields.invalid("A " + kind.wireName() + " needs a \"title\".");
            }
            yield d.clientId("conversation");
          }
        };
    return new Read(
        conversation,
        commandId(),
        new Command.CreateConversation(
            kind,
            title,
            d.text("topic", limits.titleCharsMax(), ""),
            history(),
            members,
            d.text("avatar", limits.titleCharsMax(), ""),
            d.custom("custom")));
  }

  private Read change() {
    var change =
        new ConversationChange(
            d.has("title") ? title("") : null,
            d.has("topic") ? d.text("topic", limits.titleCharsMax()) : null,
            d.has("avatar") ? d.text("avatar", limits.titleCharsMax()) : null,
            d.has("custom") ? d.custom("custom") : null,
            d.has("history") ? history() : null,
            d.has("slow_mode_seconds")
                ? (int) d.number("slow_mode_seconds", 0, SLOW_MODE_SECONDS_MAX)
                : null);
    if (change.isEmpty()) {
      throw Fields.invalid(
          "Name what changes: title, topic, avatar, custom, history or slow_mode_seconds.");
    }
    if (change.title() != null && change.title().isEmpty()) {
      throw Fields.invalid("\"title\" must not be empty.");
    }
    return plain(new Command.ChangeConversation(change));
  }

  /// Under the message's own id: the same schedule again is a repeat.
  private Read schedule() {
    var message = d.clientId("message_id");
    return new Read(
        Ids.selfConversation(actor),
        message,
        new Command.ScheduleMessage(
            d.id("conversation"), message, new ContentInput(d).send(), time("at")));
  }

  private String title(String absent) {
    return d.text("title", limits.titleCharsMax(), absent).strip();
  }

  private UUID theOther(List<UUID> members) {
    if (members.size() != 1 || members.getFirst().equals(actor)) {
      throw Fields.invalid("A direct conversation needs the one other person in \"members\".");
    }
    return members.getFirst();
  }

  private HistoryVisibility history() {
    var name = d.text("history", limits.titleCharsMax(), HistoryVisibility.FROM_START.wireName());
    var history = HistoryVisibility.fromWire(name);
    if (history == null) {
      throw Fields.invalid("\"history\" must be from_start or from_joining.");
    }
    return history;
  }

  private Role role(@Nullable Role absent) {
    if (absent != null && !d.has("role")) {
      return absent;
    }
    var role = Role.fromWire(d.text("role", limits.titleCharsMax()));
    if (role == null) {
      throw Fields.invalid("\"role\" must be owner, admin, moderator, member or read_only.");
    }
    return role;
  }

  private String emoji() {
    var emoji = d.text("emoji", limits.reactionBytesMax());
    if (emoji.isBlank()) {
      throw Fields.invalid("\"emoji\" must not be empty.");
    }
    if (emoji.getBytes(StandardCharsets.UTF_8).length > limits.reactionBytesMax()) {
      throw new Fields.Unfit(
          ErrorCode.TOO_LARGE,
          "\"emoji\" may have " + limits.reactionBytesMax() + " bytes at most.");
    }
    return emoji;
  }

  private long seconds(String field) {
    return d.number(field, 0, limits.aheadMax().toSeconds());
  }

  private long millis(String field, long absent) {
    return d.has(field) ? seconds(field) * 1_000 : absent;
  }

  private long time(String field) {
    try {
      return Instant.parse(d.text(field, TIME_CHARS_MAX)).toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException notATime) {
      throw Fields.invalid("\"" + field + "\" must be a time, such as 2026-01-31T08:00:00Z.");
    }
  }

  private UUID commandId() {
    return d.has("command_id") ? d.clientId("command_id") : Ids.uuid7();
  }
}
