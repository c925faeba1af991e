package dev.parley.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    var flags = flags(arguments);
    var url = URI.create(flags.getOrDefault("url", "http://127.0.0.1:8080"));
    var settings =
        new Settings(
            url,
            edges(flags.get("edges"), url),
            flags.get("kafka"),
            flags.getOrDefault("data", data),
            rows(flags),
            positive(flags, "people", 300),
            positive(flags, "group-size", 6),
            positive(flags, "rate", 1_000),
            Duration.ofSeconds(positive(flags, "warm-up", 20)),
            Duration.ofSeconds(positive(flags, "duration", 20)),
            positive(flags, "repetitions", 3),
            Duration.ofSeconds(positive(flags, "step", 8)),
            Duration.ofSeconds(positive(flags, "overload", 20)),
            positive(flags, "sockets", 18_000),
            Duration.ofSeconds(positive(flags, "idle", 60)),
            positive(flags, "clients", 10_000),
            positive(flags, "backlog", 100_000),
            positive(flags, "idle-warm-up", 1_000),
            positive(flags, "messages", 300),
            positive(flags, "pause-ms", 5),
            positive(flags, "reconnects", 10_000),
            positive(flags, "loops", 1),
            flags.containsKey("out") ? Path.of(flags.getOrDefault("out", "")) : defaultOut);
    if (settings.people % settings.groupSize != 0 || settings.groupSize < 2) {
      throw new IllegalArgumentException(
          "--people must be a multiple of --group-size, and that 2 or more");
    }
    return settings;
  }

  private static Set<RowKind> rows(Map<String, String> flags) {
    var named = flags.get("rows");
    if (named != null) {
      return RowKind.named(named);
    }
    return flags.containsKey("full") ? EnumSet.allOf(RowKind.class) : RowKind.quick();
  }

  private static Map<String, String> flags(String[] arguments) {
    var flags = new TreeMap<String, String>();
    for (int i = 0; i < arguments.length; i += 2) {
      var flag = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (!FLAGS.contains(flag)) {
        throw new IllegalArgumentException("There is no flag " + arguments[i]);
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      flags.put(flag, arguments[i + 1]);
    }
    return flags;
  }

  private static List<URI> edges(@Nullable String given, URI url) {
    return given == null
        ? List.of(URI.create(url.toString().replaceFirst("^http", "ws") + "/ws"))
        : Stream.of(given.split(",")).map(URI::create).toList();
  }

  private static int positive(Map<String, String> flags, String flag, int absent) {
    var given = flags.get(flag);
    try {
      int value = given == null ? absent : Integer.parseInt(given);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException noNumber) {
      // Told below, together with numbers that are out of range.
    }
    throw new IllegalArgumentException(
        "--" + flag + " must be a whole number above 0, not " + given);
  }
}
