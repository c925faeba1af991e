package dev.parley.schemas.personal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What came of the reports of a message.
public enum Settlement {
  /// Nothing is wrong with it.
  DISMISSED,
  /// Something was done about it.
  ACTED;

  /// The name on the wire: lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one of that name, or null.
  public static @Nullable Settlement fromWire(@Nullable String name) {
    for (var value : values()) {
      if (value.wireName().equals(name)) {
        return value;
      }
    }
    return null;
  }
}
