package dev.parley.schemas.personal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a message was reported.
public enum ReportReason {
  SPAM,
  ABUSE,
  ILLEGAL,
  OTHER;

  /// The name on the wire: lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one of that name, or null.
  public static @Nullable ReportReason fromWire(@Nullable String name) {
    for (var value : values()) {
      if (value.wireName().equals(name)) {
        return value;
      }
    }
    return null;
  }
}
