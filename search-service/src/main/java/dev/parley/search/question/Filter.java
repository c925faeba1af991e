package dev.parley.search.question;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What restricts a question, as a parameter (`from=<id>`) or in the query text (`from:<id>`).
public enum Filter {
  /// The conversation.
  IN("conversation"),
  /// The author; `me` is the caller.
  FROM(),
  BEFORE(),
  AFTER(),
  /// The thread, by the id of the message that it began with.
  THREAD(),
  /// What the message has: `attachment`.
  HAS(),
  /// Whom the message names; `me` is the caller. Calls of all name nobody.
  MENTIONS(),
  SORT();

  private final List<String> otherNames;

  Filter(String... otherNames) {
    this.otherNames = List.of(otherNames);
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The filter with that name, or null.
  public static @Nullable Filter named(String name) {
    for (var filter : values()) {
      if (filter.wireName().equals(name) || filter.otherNames.contains(name)) {
        return filter;
      }
    }
    return null;
  }

  static String names() {
    return Arrays.stream(values()).map(f -> f.wireName() + ":").collect(Collectors.joining(", "));
  }
}
