package dev.parley.command.decider;

import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who may do what: the one table. The decider reads it, and `docs/permissions.md` is written from
/// it.
///
/// Rank: owner, admin, moderator, member, read-only. An action names the least role that may, for
/// each kind of conversation; null is nobody. Some of them admins of the deployment may as well, in
/// groups, channels and spaces, whether or not they are members.
public final class Permissions {

  /// In the order of the page.
  enum Action {
    SEND("send, forward, schedule to", Role.MEMBER, Role.MEMBER, Role.MEMBER, Role.MEMBER, null),
    EDIT_OWN(
        "edit own message",
        Role.MEMBER,
        Role.MEMBER,
        Role.MEMBER,
        Role.MEMBER,
        null,
        "nobody edits what another wrote"),
    DELETE_OWN(
        "delete own message", Role.READ_ONLY, Role.READ_ONLY, Role.READ_ONLY, Role.READ_ONLY, null),
    DELETE_ANY("delete any message", null, null, Role.MODERATOR, Role.MODERATOR, null),
    REACT("react", Role.MEMBER, Role.MEMBER, Role.MEMBER, Role.MEMBER, null),
    PIN("pin, unpin", Role.MEMBER, Role.MEMBER, Role.MEMBER, Role.MODERATOR, null),
    MENTION_EVERYONE("@here, @all", null, null, Role.MEMBER, Role.MODERATOR, null),
    LEAVE(
        "leave",
        null,
        null,
        Role.READ_ONLY,
        Role.READ_ONLY,
        Role.READ_ONLY,
        "the last owner hands over first, unless alone"),
    INVITE(
        "invite",
        null,
        null,
        Role.MODERATOR,
        Role.MEMBER,
        Role.MODERATOR,
        "may grant the role (below)"),
    REMOVE(
        "remove",
        null,
        null,
        Role.MODERATOR,
        Role.MODERATOR,
        Role.MODERATOR,
        "only who ranks lower"),
    MUTE("mute", null, null, Role.MODERATOR, Role.MODERATOR, null, "only who ranks lower"),
    BAN(
        "ban, unban",
        null,
        null,
        Role.MODERATOR,
        Role.MODERATOR,
        Role.MODERATOR,
        "only who ranks lower, or is no member"),
    CHANGE_ROLE(
        "change role",
        null,
        null,
        Role.ADMIN,
        Role.ADMIN,
        Role.ADMIN,
        "only who ranks lower, unless owner; may grant"),
    TRANSFER("transfer ownership", null, null, Role.OWNER, Role.OWNER, Role.OWNER),
    CHANGE(
        "change title, topic, avatar, custom data, history, slow mode",
        Role.MEMBER,
        Role.MEMBER,
        Role.ADMIN,
        Role.ADMIN,
        Role.ADMIN),
    ARCHIVE("archive", null, null, Role.ADMIN, Role.ADMIN, Role.ADMIN),
    LIST_CHANNEL("add, remove a channel", null, null, null, null, Role.MODERATOR);

    private final String title;
    private final @Nullable Role self;
    private final @Nullable Role direct;
    private final @Nullable Role group;
    private final @Nullable Role channel;
    private final @Nullable Role space;
    private final String besides;

    Action(
        String title,
        @Nullable Role self,
        @Nullable Role direct,
        @Nullable Role group,
        @Nullable Role channel,
        @Nullable Role space) {
      this(title, self, direct, group, channel, space, "");
    }

    Action(
        String title,
        @Nullable Role self,
        @Nullable Role direct,
        @Nullable Role group,
        @Nullable Role channel,
        @Nullable Role space,
        String besides) {
      this.title = title;
      this.self = self;
      this.direct = direct;
      this.group = group;
      this.channel = channel;
      this.space = space;
      this.besides = besides;
    }

    /// What moderating a deployment needs. Nobody writes or reads for others.
    private boolean ofAdmins() {
      return switch (this) {
        case DELETE_ANY, REMOVE, MUTE, BAN, CHANGE_ROLE, TRANSFER, CHANGE, ARCHIVE -> true;
        case SEND,
            EDIT_OWN,
            DELETE_OWN,
            REACT,
            PIN,
            MENTION_EVERYONE,
            LEAVE,
            INVITE,
            LIST_CHANNEL ->
            false;
      };
    }

    private @Nullable Role least(ConversationKind kind) {
      return switch (kind) {
        case SELF -> self;
        case DIRECT -> direct;
        case GROUP -> group;
        case CHANNEL -> channel;
        case SPACE -> space;
      };
    }
  }

  private Permissions() {}

  static boolean may(Role role, Action action, ConversationKind kind) {
    Role least = action.least(kind);
    return least != null && role.compareTo(least) <= 0;
  }

  /// Who looks at what was reported or held back: those who may remove people.
  public static boolean moderates(Role role, ConversationKind kind) {
    return may(role, Action.REMOVE, kind);
  }

  /// Whether anybody may do it in such a conversation.
  static boolean exists(Action action, ConversationKind kind) {
    return action.least(kind) != null;
  }

  /// Whether admins of the deployment moderate such conversations at all.
  static boolean isOpenToAdmins(ConversationKind kind) {
    return switch (kind) {
      case GROUP, CHANNEL, SPACE -> true;
      case SELF, DIRECT -> false;
    };
  }

  static boolean mayAsAdmin(Action action, ConversationKind kind) {
    return action.ofAdmins() && isOpenToAdmins(kind) && exists(action, kind);
  }

  static boolean mayJoin(ConversationKind kind) {
    return kind == ConversationKind.CHANNEL;
  }

  static boolean outranks(Role role, Role other) {
    return role.compareTo(other) < 0;
  }

  static boolean mayGrant(Role role, Role granted) {
    return role == Role.OWNER || outranks(role, granted) || granted.compareTo(Role.MEMBER) >= 0;
  }

  /// Moderators and higher need not wait in slow mode.
  static boolean mustWaitInSlowMode(Role role) {
    return outranks(Role.MODERATOR, role);
  }

  /// The table as Markdown.
  static String table() {
    String kinds =
        Arrays.stream(ConversationKind.values())
            .map(ConversationKind::wireName)
            .collect(Collectors.joining(" | "));
    String line = "|---".repeat(ConversationKind.values().length + 3) + "|";
    return "| action | %s | admin of the deployment | besides |\n%s\n%s\n"
        .formatted(
            kinds,
            line,
            Arrays.stream(Action.values()).map(Permissions::row).collect(Collectors.joining("\n")));
  }

  private static String row(Action action) {
    String least =
        Arrays.stream(ConversationKind.values())
            .map(kind -> {
              Role role = action.least(kind);
              return role == null ? "-" : role.wireName();
            })
            .collect(Collectors.joining(" | "));
    return "| %s | %s | %s | %s |"
        .formatted(action.title, least, action.ofAdmins() ? "may" : "-", action.besides);
  }
}
