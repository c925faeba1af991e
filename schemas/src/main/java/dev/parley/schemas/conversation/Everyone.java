package dev.parley.schemas.conversation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whom a message calls besides the people that it mentions.
public enum Everyone {
  NONE,
  /// Members who are online.
  HERE,
  /// All members.
  ALL;

  /// The name on the wire: lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one with that name on the wire, or null.
  public static @Nullable Everyone fromWire(@Nullable String name) {
    for (var everyone : values()) {
      if (everyone.wireName().equals(name)) {
        return everyone;
      }
    }
    return null;
  }
}
