package dev.parley.bench.access;

import java.util.Locale;

/// Who asks: as what in the conversation, or with which kind of token.
enum Caller {
  OWNER,
  ADMIN,
  MODERATOR,
  MEMBER,
  READ_ONLY,
  MUTED,
  /// A member whose token is of an issuer that the deployment trusts.
  FOREIGN,
  /// A member whose token has the scope read, and no other.
  BOT,
  BANNED,
  /// Was a member, and was removed.
  FORMER,
  STRANGER,
  /// An admin of the deployment, who is no member.
  OPERATOR,
  GUEST,
  /// A member's token that has expired.
  EXPIRED,
  /// A member's token whose session was ended.
  REVOKED,
  /// A member's id in a token of an issuer that the deployment does not know.
  OTHER_ISSUER,
  /// Without a token.
  NOBODY;

  /// Whether the token itself is good.
  boolean isKnown() {
    return compareTo(EXPIRED) < 0;
  }

  /// Whether they are in the conversation.
  boolean isInside() {
    return compareTo(BANNED) < 0;
  }

  /// The head of the column.
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
