package dev.parley.schemas.conversation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a member may do, from most to least.
public enum Role {
  OWNER,
  ADMIN,
  MODERATOR,
  MEMBER,
  READ_ONLY;

  /// The name on the wire and in views: lower case, `read_only`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role with that name on the wire, or null.
  public static @Nullable Role fromWire(@Nullable String name) {
    for (var role : values()) {
      if (role.wireName().equals(name)) {
        return role;
      }
    }
    return null;
  }
}
