package dev.parley.bench;

import dev.parley.bench.check.workload.WorkloadSettings;
import dev.parley.bench.fault.FaultKind;
import dev.parley.bench.fault.FaultSettings;
import dev.parley.bench.fault.Part;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
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
        --settle N          seconds that the end waits for answers and for clients behind (60)
        --faults WHAT,WHAT  meanwhile harm the stack of this machine: kill, stop, restart, pairs,
                            network, pushes, disk, rolling, or all; the seed decides the order
        --parts WHAT,WHAT   kill, stop, restart and pairs harm these only: edge, decider,
                            projection, search, identity, kafka, postgres, redis, elasticsearch
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
          "settle",
          "faults",
          "parts",
          "faults-max",
          "longest",
          "out");

  /// @param defaultOut where journal and verdict go unless told otherwise
  /// @throws IllegalArgumentException with a sentence for whoever typed it
  static CheckSettings read(String[] arguments, Path defaultOut) {
    var flags = Flags.read(arguments, FLAGS);
    var out = flags.path("out", defaultOut);
    var usual = WorkloadSettings.of(seed(flags.text("seed")));
    var workload =
        new WorkloadSettings(
            usual.seed(),
            flags.count("clients", usual.clients()),
            flags.count("conversations", usual.conversations()),
            flags.count("rate", usual.ratePerSecond()),
            usual.unansweredMax(),
            flags.seconds("reconnect-every", (int) usual.reconnectEvery().toSeconds()),
            flags.seconds("settle", (int) usual.settle().toSeconds()),
            out.resolve("history.jsonl"));
    return new CheckSettings(
        flags.url(),
        flags.edges(),
        flags.text("kafka", "127.0.0.1:19092"),
        workload,
        flags.seconds("duration", 30),
        flags.number("messages", Long.MAX_VALUE),
        faults(flags, workload.seed()),
        out);
  }

  private static @Nullable FaultSettings faults(Flags flags, long seed) {
    var kinds = flags.text("faults");
    return kinds == null
        ? null
        : new FaultSettings(
            seed,
            FaultKind.read(kinds),
            Part.read(flags.text("parts", "all")),
            flags.count("longest", FaultSettings.LONGEST_SECONDS),
            flags.count("faults-max", Integer.MAX_VALUE));
  }

  private static long seed(@Nullable String given) {
    try {
      return given == null ? new SplittableRandom().nextLong() : Long.parseLong(given);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("--seed must be a whole number, not " + given, noNumber);
    }
  }
}
