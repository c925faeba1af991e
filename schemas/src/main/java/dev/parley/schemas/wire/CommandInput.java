package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A command as a client wrote it: the `d` of a frame, or the body of a REST request with the ids
/// of its path.
///
/// The one reader for both doors. It checks shapes and limits; whether the command is allowed is
/// the decider's matter.
public sealed interface CommandInput {

  /// Types of the frames that are commands.
  Set<String> TYPES =
      Set.of("create", "join", "leave", "invite", "remove", "role", "send", "edit", "delete");

  /// @param command with a plain body, to be sealed
  record Read(UUID conversation, UUID commandId, Command command) implements CommandInput {}

  record Refused(ErrorCode code, String detail) implements CommandInput {}

  /// @param type one of [#TYPES]
  /// @param actor who asks: ids of self and direct conversations derive from it
  static CommandInput read(String type, JsonNode d, UUID actor, Limits limits) {
    if (!d.isObject()) {
      return new Refused(ErrorCode.MALFORMED, "Expected an object in \"d\".");
    }
    try {
      return new Reader(d, actor, limits).read(type);
    } catch (Reader.Unfit unfit) {
      return new Refused(unfit.code, unfit.detail);
    }
  }

  /// Walks one object; a field that does not fit ends the walk.
  final class Reader {

    /// Leaves the walk from any depth; never seen outside.
    private static final class Unfit extends RuntimeException {
      private final ErrorCode code;
      private final String detail;

      Unfit(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
      }
    }

    private final JsonNode d;
    private final UUID actor;
    private final Limits limits;

    private Reader(JsonNode d, UUID actor, Limits limits) {
      this.d = d;
      this.actor = actor;
      this.limits = limits;
    }

    private CommandInput read(String type) {
      return switch (type) {
        case "create" -> create();
        case "join" -> plain(new Command.JoinConversation());
        case "leave" -> plain(new Command.LeaveConversation());
        case "invite" -> plain(new Command.InviteMember(id("user"), role(Role.MEMBER)));
        case "remove" -> plain(new Command.RemoveMember(id("user")));
        case "role" -> plain(new Command.ChangeRole(id("user"), role(null)));
        case "send" ->
            new Read(
                id("conversation"),
                clientId("message_id"),
                new Command.SendMessage(body(), optionalId("reply_to"), optionalId("thread")));
        case "edit" -> plain(new Command.EditMessage(id("message_id"), body()));
        case "delete" -> plain(new Command.DeleteMessage(id("message_id")));
        // Any text can come here from a client, so this is no closed set.
        default -> new Refused(ErrorCode.UNKNOWN_TYPE, "There is no command \"" + type + "\".");
      };
    }

    private Read plain(Command command) {
      return new Read(id("conversation"), commandId(), command);
    }

    private Read create() {
      var kind = ConversationKind.fromWire(text("kind", limits.titleCharsMax(), null));
      if (kind == null) {
        throw invalid("\"kind\" must be self, direct, group or channel.");
      }
      var members = ids("members", limits.membersMax());
      var title = text("title", limits.titleCharsMax(), "").strip();
      var conversation =
          switch (kind) {
            case SELF -> Ids.selfConversation(actor);
            case DIRECT -> Ids.directConversation(actor, theOther(members));
            case GROUP, CHANNEL -> {
              if (title.isEmpty()) {
                throw invalid("A " + kind.wireName() + " needs a \"title\".");
              }
              yield clientId("conversation");
            }
          };
      return new Read(
          conversation,
          commandId(),
          new Command.CreateConversation(
              kind, title, text("topic", limits.titleCharsMax(), ""), history(), members));
    }

    private UUID theOther(List<UUID> members) {
      if (members.size() != 1 || members.getFirst().equals(actor)) {
        throw invalid("A direct conversation needs the one other person in \"members\".");
      }
      return members.getFirst();
    }

    private HistoryVisibility history() {
      var name = text("history", limits.titleCharsMax(), HistoryVisibility.FROM_START.wireName());
      var history = HistoryVisibility.fromWire(name);
      if (history == null) {
        throw invalid("\"history\" must be from_start or from_joining.");
      }
      return history;
    }

    private Role role(@Nullable Role absent) {
      if (absent != null && isAbsent(d.path("role"))) {
        return absent;
      }
      var role = Role.fromWire(text("role", limits.titleCharsMax(), null));
      if (role == null) {
        throw invalid("\"role\" must be owner, admin, moderator, member or read_only.");
      }
      return role;
    }

    private Body body() {
      var text = text("text", limits.textCharsMax(), null);
      if (text.isBlank()) {
        throw invalid("\"text\" must not be empty.");
      }
      return new Body.Plain(new Content(text, ids("mentions", limits.mentionsMax())));
    }

    private UUID commandId() {
      return isAbsent(d.path("command_id")) ? Ids.uuid7() : clientId("command_id");
    }

    private UUID clientId(String field) {
      var id = id(field);
      if (!Ids.isVersion7(id)) {
        throw invalid("\"" + field + "\" must be a UUIDv7.");
      }
      return id;
    }

    private UUID id(String field) {
      return toId(d.path(field), field);
    }

    private @Nullable UUID optionalId(String field) {
      var node = d.path(field);
      return isAbsent(node) ? null : toId(node, field);
    }

    private List<UUID> ids(String field, int max) {
      var node = d.path(field);
      if (isAbsent(node)) {
        return List.of();
      }
      if (!node.isArray()) {
        throw invalid("\"" + field + "\" must be a list of ids.");
      }
      if (node.size() > max) {
        throw new Unfit(
            ErrorCode.TOO_LARGE, "\"" + field + "\" may name " + max + " people at most.");
      }
      var ids = new ArrayList<UUID>(node.size());
      for (var element : node) {
        var id = toId(element, field);
        if (!ids.contains(id)) {
          ids.add(id);
        }
      }
      return ids;
    }

    private String text(String field, int charsMax, @Nullable String absent) {
      var node = d.path(field);
      if (isAbsent(node)) {
        if (absent != null) {
          return absent;
        }
        throw invalid("\"" + field + "\" is missing.");
      }
      if (!node.isTextual()) {
        throw invalid("\"" + field + "\" must be a string.");
      }
      var text = node.textValue();
      if (text.length() > charsMax) {
        throw new Unfit(
            ErrorCode.TOO_LARGE, "\"" + field + "\" may have " + charsMax + " characters at most.");
      }
      // A half of a surrogate pair has no UTF-8 form, and Postgres stores no NUL.
      if (text.indexOf('\0') >= 0 || !isWellFormed(text)) {
        throw invalid("\"" + field + "\" holds characters that no text can have.");
      }
      return text;
    }

    private static boolean isWellFormed(String text) {
      return text.codePoints()
          .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static UUID toId(JsonNode node, String field) {
      var id = node.isTextual() ? Ids.parse(node.textValue()) : null;
      if (id == null) {
        throw invalid("\"" + field + "\" must be a UUID in its lower-case form.");
      }
      return id;
    }

    private static boolean isAbsent(JsonNode node) {
      return node instanceof MissingNode || node.isNull();
    }

    private static Unfit invalid(String detail) {
      return new Unfit(ErrorCode.INVALID, detail);
    }
  }
}
