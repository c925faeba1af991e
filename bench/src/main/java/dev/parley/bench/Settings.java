package dev.parley.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The command line, read.
///
/// @param edges WebSocket addresses; by default the one behind `url`
/// @param kafka the log, for what Kafka alone can do; null: not measured
/// @param data the stack's folder, for what its processes use; empty: not measured
record Settings(
    URI url,
    List<URI> edges,
    @Nullable String kafka,
    String data,
    Set<RowKind> rows,
    int people,
    int groupSize,
    int rate,
    Duration warmUp,
    Duration run,
    int repetitions,
    Duration step,
    Duration overload,
    int sockets,
    Duration idle,
    int clients,
    int backlog,
    int idleWarmUp,
    int messages,
    int pauseMillis,
    int reconnects,
    int loops,
    Path out) {

  static final String HELP =
      """
      Usage: bench [--flag value]...
        --url URL           origin of the gateway (http://127.0.0.1:8080)
        --edges WS,WS       WebSocket addresses, people are spread over them (the gateway's /ws)
        --kafka HOST:PORT   what Kafka alone can do (not measured)
        --data DIR          the stack's folder: processor time and memory by process (not measured)
        --rows NAME,NAME    what to measure, see below (those of a few minutes)
        --full yes          all rows
       load, highest, fanout
        --people N          one socket each (300)
        --group-size N      members of a group (6)
        --rate N            messages a second (1000)
        --warm-up N         seconds before counting (20)
        --duration N        seconds of a round (20)
       highest
        --step N            seconds of a step of the search (8)
        --overload N        seconds of three times the highest rate (20)
       sockets
        --sockets N         all on the first edge (18000)
        --idle N            seconds of silence that are counted (60)
       cut-off
        --clients N         sockets that are cut (10000)
       backlog
        --backlog N         commands of a round (100000)
       idle
        --idle-warm-up N    messages before counting (1000)
        --messages N        messages of a round (300)
        --pause-ms N        rest between two messages (5)
       identity
        --reconnects N      sockets opened and closed one after the other (10000)
       all
        --repetitions N     rounds (3)
        --loops N           threads of this driver (1)
        --out FILE          JSON with all figures, a plot beside it (.parley/bench/<time>.json)
       Rows:
      """
          + RowKind.help();

  private static final Set<String> FLAGS =
      Set.of(
          "url",
          "edges",
          "kafka",
          "data",
          "rows",
          "full",
          "people",
          "group-size",
          "rate",
          "warm-up",
          "duration",
          "repetitions",
          "step",
          "overload",
          "sockets",
          "idle",
          "clients",
          "backlog",
          "idle-warm-up",
          "messages",
          "pause-ms",
          "reconnects",
          "loops",
          "out");

  /// @param data the stack's folder unless told otherwise
  /// @param defaultOut where figures go unless told otherwise
  /// @throws IllegalArgumentException with a sentence for whoever typed it
  static Settings read(String[] arguments, String data, Path defaultOut) {
    var flags = Flags.read(arguments, FLAGS);
    var settings =
        new Settings(
            flags.url(),
            flags.edges(),
            flags.text("kafka"),
            flags.text("data", data),
            rows(flags),
            flags.count("people", 300),
            flags.count("group-size", 6),
            flags.count("rate", 1_000),
            flags.seconds("warm-up", 20),
            flags.seconds("duration", 20),
            flags.count("repetitions", 3),
            flags.seconds("step", 8),
            flags.seconds("overload", 20),
            flags.count("sockets", 18_000),
            flags.seconds("idle", 60),
            flags.count("clients", 10_000),
            flags.count("backlog", 100_000),
            flags.count("idle-warm-up", 1_000),
            flags.count("messages", 300),
            flags.count("pause-ms", 5),
            flags.count("reconnects", 10_000),
            flags.count("loops", 1),
            flags.path("out", defaultOut));
    if (settings.people % settings.groupSize != 0 || settings.groupSize < 2) {
      throw new IllegalArgumentException(
          "--people must be a multiple of --group-size, and that 2 or more");
    }
    return settings;
  }

  private static Set<RowKind> rows(Flags flags) {
    var named = flags.text("rows");
    if (named != null) {
      return RowKind.named(named);
    }
    return flags.has("full") ? EnumSet.allOf(RowKind.class) : RowKind.quick();
  }
}
