package dev.parley.schemas.conversation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a conversation is for, fixed when it is created.
public enum ConversationKind {
  /// A person's notes to themselves; its id is derived from theirs.
  SELF,
  /// Two people; its id is derived from theirs, so both may create it at once and get the same one.
  DIRECT,
  /// Invited people.
  GROUP,
  /// Public: everybody signed in finds, reads and joins it.
  CHANNEL,
  /// A container of channels and groups: it has members, but no messages.
  SPACE;

  /// The name on the wire and in views: lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The kind with that name on the wire, or null.
  public static @Nullable ConversationKind fromWire(@Nullable String name) {
    for (var kind : values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    return null;
  }
}
