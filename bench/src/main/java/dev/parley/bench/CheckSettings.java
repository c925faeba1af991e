package dev.parley.bench;

import dev.parley.bench.check.workload.WorkloadSettings;
import dev.parley.bench.fault.FaultKind;
import dev.parley.bench.fault.FaultSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The command line of a check, read.
///
/// @param run how long people are at work, unless `messages` are answered before
/// @param messages answered commands after which it is enough
/// @param faults what is done to the stack meanwhile; null: nothing
/// @param folder where the journal and the verdict go
record CheckSettings(
    URI url,
    List<URI> edges,
    String kafka,
    WorkloadSettings workload,
    Duration run,
    long messages,
    @Nullable FaultSettings faults,
    Path folder) {

  static final String HELP =
      """
      Usage: check [--flag value]...
        --url URL           origin of the gateway (http://127.0.0.1:8080)
        --edges WS,WS       WebSocket addresses, people are spread over them (the gateway's /ws)
        --kafka HOST:PORT   the log (127.0.0.1:19092); settings of its clients come from the
                            environment, as of a service
        --seed N            of every choice (another one each time, printed)
        --clients N         sockets (40)
        --conversations N   groups and channels (12)
        --rate N            things done a second (200)
        --duration N        seconds (30)
        --messages N        ends earlier, when so many commands are answered
        --reconnect-every N seconds that a line lasts on average (20)
        --faults WHAT,WHAT  meanwhile harm the stack of this machine: kill, stop, restart, pairs,
                            network, pushes, disk, rolling, or all; the seed decides the order
        --faults-max N      ends earlier, after so many
        --longest N         seconds that something stands still, is slow or full at most (30)
        --out DIR           journal and verdict (.parley/check/<time>)
      """;

  private static final Set<String> FLAGS =
      Set.of(
          "url",
          "edges",
          "kafka",
          "seed",
          "clients",
          "conversations",
          "rate",
          "duration",
          "messages",
          "reconnect-every",
          "faults",
          "faults-max",
          "longest",
          "out");

  /// @param defaultOut where journal and verdict go unless told otherwise
  /// @throws IllegalArgumentException with a sentence for whoever typed it
  static CheckSettings read(String[] arguments, Path defaultOut) {
    var flags = flags(arguments);
    var url = URI.create(flags.getOrDefault("url", "http://127.0.0.1:8080"));
    var out = flags.containsKey("out") ? Path.of(flags.getOrDefault("out", "")) : defaultOut;
    var usual = WorkloadSettings.of(seed(flags.get("seed")));
    var workload =
        new WorkloadSettings(
            usual.seed(),
            (int) number(flags, "clients", usual.clients()),
            (int) number(flags, "conversations", usual.conversations()),
            (int) number(flags, "rate", usual.ratePerSecond()),
            usual.unansweredMax(),
            Duration.ofSeconds(
                number(flags, "reconnect-every", usual.reconnectEvery().toSeconds())),
            usual.settle(),
            out.resolve("history.jsonl"));
    return new CheckSettings(
        url,
        edges(flags.get("edges"), url),
        flags.getOrDefault("kafka", "127.0.0.1:19092"),
        workload,
        Duration.ofSeconds(number(flags, "duration", 30)),
        number(flags, "messages", Long.MAX_VALUE),
        faults(flags, workload.seed()),
        out);
  }

  private static @Nullable FaultSettings faults(Map<String, String> flags, long seed) {
    var kinds = flags.get("faults");
    return kinds == null
        ? null
        : new FaultSettings(
            seed,
            FaultKind.read(kinds),
            (int) number(flags, "longest", FaultSettings.LONGEST_SECONDS),
            (int) number(flags, "faults-max", Integer.MAX_VALUE));
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

  private static long seed(@Nullable String given) {
    try {
      return given == null ? new SplittableRandom().nextLong() : Long.parseLong(given);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("--seed must be a whole number, not " + given, noNumber);
    }
  }

  private static long number(Map<String, String> flags, String flag, long absent) {
    var given = flags.get(flag);
    try {
      long value = given == null ? absent : Long.parseLong(given);
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
