package dev.parley.schemas.conversation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// From where on a new member reads.
public enum HistoryVisibility {
  FROM_START,
  FROM_JOINING;

  /// The name on the wire and in views: `from_start`, `from_joining`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The visibility with that name on the wire, or null.
  public static @Nullable HistoryVisibility fromWire(@Nullable String name) {
    for (var visibility : values()) {
      if (visibility.wireName().equals(name)) {
        return visibility;
      }
    }
    return null;
  }
}
