package dev.parley.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The command line, read.
///
/// @param edges WebSocket addresses; by default the one behind `url`
/// @param kafka where the committed log is compared with the answers; null: it is not
record Settings(
    URI url,
    List<URI> edges,
    @Nullable String kafka,
    Set<String> rows,
    int sockets,
    int groups,
    int ratePerSecond,
    Duration warmUp,
    Duration run,
    int idleWarmUp,
    int repetitions,
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
        --kafka HOST:PORT   afterwards compare every answer with the committed log (not compared)
        --rows idle,load,identity  what to measure (all)
       idle: one message at a time between two people
        --idle-warm-up N    messages before counting (1000)
        --repetitions N     rounds (5)
        --messages N        messages of a round (500)
        --pause-ms N        rest between two messages (5)
       load: open loop at a fixed rate
        --sockets N         people, one socket each (200)
        --groups N          groups they are dealt out to (20)
        --rate N            messages a second (500)
        --warm-up N         seconds before counting (20)
        --duration N        seconds (60)
       identity: what a token, a seal and a reconnect cost
        --reconnects N      sockets opened and closed one after the other (10000)
       all
        --loops N           threads of this driver (1)
        --out FILE          JSON with all figures (.parley/bench/<time>.json)
      """;

  private static final Set<String> FLAGS =
      Set.of(
          "url",
          "edges",
          "kafka",
          "rows",
          "idle-warm-up",
          "repetitions",
          "messages",
          "pause-ms",
          "sockets",
          "groups",
          "rate",
          "warm-up",
          "duration",
          "reconnects",
          "loops",
          "out");

  /// @param defaultOut where figures go unless told otherwise
  /// @throws IllegalArgumentException with a sentence for whoever typed it
  static Settings read(String[] arguments, Path defaultOut) {
    var flags = flags(arguments);
    var url = URI.create(flags.getOrDefault("url", "http://127.0.0.1:8080"));
    var settings =
        new Settings(
            url,
            edges(flags.get("edges"), url),
            flags.get("kafka"),
            Set.of(flags.getOrDefault("rows", "idle,load,identity").split(",")),
            positive(flags, "sockets", 200),
            positive(flags, "groups", 20),
            positive(flags, "rate", 500),
            Duration.ofSeconds(positive(flags, "warm-up", 20)),
            Duration.ofSeconds(positive(flags, "duration", 60)),
            positive(flags, "idle-warm-up", 1_000),
            positive(flags, "repetitions", 5),
            positive(flags, "messages", 500),
            positive(flags, "pause-ms", 5),
            positive(flags, "reconnects", 10_000),
            positive(flags, "loops", 1),
            flags.containsKey("out") ? Path.of(flags.getOrDefault("out", "")) : defaultOut);
    if (!Set.of("idle", "load", "identity").containsAll(settings.rows)) {
      throw new IllegalArgumentException(
          "--rows knows idle, load and identity, not " + settings.rows);
    }
    if (settings.sockets % settings.groups != 0 || settings.sockets / settings.groups < 2) {
      throw new IllegalArgumentException("--groups must deal --sockets out evenly, 2 or more each");
    }
    return settings;
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
