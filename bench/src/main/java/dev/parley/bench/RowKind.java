package dev.parley.bench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What can be measured.
enum RowKind {
  IDLE("one message at a time between two people", true),
  LOAD("latency and processor time at a fixed rate, beside Kafka alone", true),
  HIGHEST("the highest rate held, the cost at half of it, and three times of it", true),
  FANOUT("one channel with a thousand sockets, beside a bare Vert.x server", true),
  SOCKETS("memory and processor time of idle sockets", false),
  CUT_OFF("all clients cut off at once, until all have resumed", false),
  IDENTITY("what a token, a seal and a reconnect cost", false);

  private final String description;
  private final boolean quick;

  RowKind(String description, boolean quick) {
    this.description = description;
    this.quick = quick;
  }

  /// Those that fit into a few minutes together.
  static Set<RowKind> quick() {
    return Stream.of(values())
        .filter(kind -> kind.quick)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(RowKind.class)));
  }

  /// @throws IllegalArgumentException with a sentence for whoever typed it
  static Set<RowKind> named(String names) {
    var kinds = EnumSet.noneOf(RowKind.class);
    for (var name : names.split(",")) {
      kinds.add(
          Stream.of(values())
              .filter(kind -> kind.flag().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("--rows knows " + flags() + ", not " + name)));
    }
    return kinds;
  }

  String description() {
    return description;
  }

  /// As it is typed.
  String flag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String help() {
    return Stream.of(values())
        .map(kind ->
            "    %-12s %s%s%n"
                .formatted(kind.flag(), kind.description, kind.quick ? "" : " (--full)"))
        .collect(Collectors.joining());
  }

  private static String flags() {
    return Stream.of(values()).map(RowKind::flag).collect(Collectors.joining(", "));
  }
}
