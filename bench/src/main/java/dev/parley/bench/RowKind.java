package dev.parley.bench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What can be measured.
enum RowKind {
  IDLE("one message at a time between two people", true),
  LOAD("latency and processor time at a fixed rate, beside Kafka and Redis alone", true),
  HIGHEST("the highest rate held, the cost at half of it, and three times of it", true),
  FANOUT("one channel with a thousand sockets, beside a bare Vert.x server", true),
  SOCKETS("memory and processor time of idle sockets", false),
  CUT_OFF("all clients cut off at once, until all have resumed", false),
  SLOW("sockets that stop reading in the middle of a busy channel", false),
  BACKLOG("the decider, from a backlog of commands, and what follows it", false),
  READS("history and search while messages are sent, and when a message is found", false),
  IDENTITY("what a token, a seal and a reconnect cost", false),
  VIEWS("views built anew from the log, beside COPY", false),
  INDEX("the index built anew from the log, beside raw bulks", false);

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
