package dev.parley.command.decider;

import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import org.jspecify.annotations.Nullable;

/// Who may do what: the one table.
///
/// Rank: owner, admin, moderator, member, read-only. The table names the least role that may; `-`
/// is nobody.
///
/// | action         | self      | direct    | group     | channel   | besides                                        |
/// |----------------|-----------|-----------|-----------|-----------|------------------------------------------------|
/// | send           | member    | member    | member    | member    |                                                |
/// | edit own       | member    | member    | member    | member    | nobody edits what another wrote                |
/// | delete own     | read-only | read-only | read-only | read-only |                                                |
/// | delete any     | -         | -         | moderator | moderator |                                                |
/// | join           | -         | -         | -         | anyone    | as member                                      |
/// | leave          | -         | -         | read-only | read-only | the last owner hands over first, unless alone  |
/// | invite         | -         | -         | moderator | member    | may grant the role (below)                     |
/// | remove         | -         | -         | moderator | moderator | only who ranks lower                           |
/// | change role    | -         | -         | admin     | admin     | only who ranks lower, unless owner; may grant  |
///
/// Granting: an owner grants any role, others a role below their own, or member and read-only.
final class Permissions {

  enum Action {
    SEND,
    EDIT_OWN,
    DELETE_OWN,
    DELETE_ANY,
    LEAVE,
    INVITE,
    REMOVE,
    CHANGE_ROLE
  }

  private Permissions() {}

  static boolean may(Role role, Action action, ConversationKind kind) {
    Role least = least(action, kind);
    return least != null && role.compareTo(least) <= 0;
  }

  /// Whether anybody may do it in such a conversation.
  static boolean exists(Action action, ConversationKind kind) {
    return least(action, kind) != null;
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

  private static @Nullable Role least(Action action, ConversationKind kind) {
    return switch (action) {
      case SEND, EDIT_OWN -> Role.MEMBER;
      case DELETE_OWN -> Role.READ_ONLY;
      case DELETE_ANY, REMOVE -> ofGroupAndChannel(kind, Role.MODERATOR, Role.MODERATOR);
      case LEAVE -> ofGroupAndChannel(kind, Role.READ_ONLY, Role.READ_ONLY);
      case INVITE -> ofGroupAndChannel(kind, Role.MODERATOR, Role.MEMBER);
      case CHANGE_ROLE -> ofGroupAndChannel(kind, Role.ADMIN, Role.ADMIN);
    };
  }

  private static @Nullable Role ofGroupAndChannel(ConversationKind kind, Role group, Role channel) {
    return switch (kind) {
      case SELF, DIRECT -> null;
      case GROUP -> group;
      case CHANNEL -> channel;
    };
  }
}
