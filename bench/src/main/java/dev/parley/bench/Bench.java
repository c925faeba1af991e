package dev.parley.bench;

import dev.parley.bench.identity.Cost;
import dev.parley.bench.identity.Reconnects;
import dev.parley.bench.identity.SealCosts;
import dev.parley.bench.identity.TokenCosts;
import dev.parley.bench.limit.RawKafka;
import dev.parley.bench.limit.RawRedis;
import dev.parley.bench.load.Backlog;
import dev.parley.bench.load.CutOff;
import dev.parley.bench.load.Engines;
import dev.parley.bench.load.FanOut;
import dev.parley.bench.load.Highest;
import dev.parley.bench.load.IdleSockets;
import dev.parley.bench.load.OneByOne;
import dev.parley.bench.load.OpenLoop;
import dev.parley.bench.load.Reads;
import dev.parley.bench.load.Rebuild;
import dev.parley.bench.load.SlowReaders;
import dev.parley.bench.load.Stage;
import dev.parley.bench.load.TestBed;
import dev.parley.bench.report.Latency;
import dev.parley.bench.report.Machine;
import dev.parley.bench.report.Report;
import dev.parley.bench.report.Row;
import dev.parley.log.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Measures a running Parley. Ends with 1 if something was lost or passed over; a missed aim is no
/// failure.
public final class Bench {

  private static final int USAGE = 2;

  private Bench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var at = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    if (List.of(arguments).contains("--help")) {
      System.out.print(Settings.HELP);
      return;
    }
    var settings = settings(arguments, at);
    if (settings == null) {
      System.exit(USAGE);
      return;
    }
    var machine = Machine.here();
    System.out.println("machine: " + machine);
    var command = "parley bench " + String.join(" ", arguments);
    var rows =
        rows(settings, soFar -> new Report(at, command, machine, soFar).write(settings.out()));
    System.out.println("\n" + new Report(at, command, machine, rows).table());
    System.out.println("figures: " + settings.out() + ", plot: " + Report.plot(settings.out()));
    System.exit(rows.stream().allMatch(row -> row.faults().isEmpty()) ? 0 : 1);
  }

  private static @Nullable Settings settings(String[] arguments, String at) {
    try {
      var file = "bench-" + at.replace(":", "") + ".json";
      var data = System.getenv().getOrDefault("PARLEY_DATA", "");
      return Settings.read(arguments, data, Path.of(".parley", "bench", file));
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.print(Settings.HELP);
      return null;
    }
  }

  /// What is kept of a run that is ended half-way.
  interface Keeper {
    void keep(List<Row> soFar) throws IOException;
  }

  /// Where a row comes from.
  interface Source {
    Row measured(RowKind kind) throws InterruptedException;
  }

  private static List<Row> rows(Settings settings, Keeper keeper)
      throws IOException, InterruptedException {
    try (var bed =
        TestBed.at(settings.url(), settings.edges(), settings.data(), settings.loops())) {
      if (bed.processes().isEmpty()) {
        say("processor time and memory are not measured: the stack's folder is not here (--data)");
      }
      return rows(settings.rows(), kind -> row(kind, settings, bed), keeper);
    }
  }

  /// One after the other. One that cannot be measured says so, and does not take the others with
  /// it.
  static List<Row> rows(Set<RowKind> kinds, Source source, Keeper keeper)
      throws IOException, InterruptedException {
    var rows = new ArrayList<Row>();
    for (var kind : kinds) {
      say("%s: %s", kind.flag(), kind.description());
      rows.add(measured(kind, source));
      keeper.keep(List.copyOf(rows));
    }
    return rows;
  }

  private static Row measured(RowKind kind, Source source) throws InterruptedException {
    try {
      return source.measured(kind);
    } catch (RuntimeException failed) {
      failed.printStackTrace();
      var fault = "it could not be measured: " + failed.getMessage();
      return new Row(kind.flag(), Map.of(), List.of(), Map.of(), List.of(fault));
    }
  }

  private static Row row(RowKind kind, Settings settings, TestBed bed) throws InterruptedException {
    return switch (kind) {
      case IDLE ->
          new OneByOne(
                  settings.idleWarmUp(),
                  settings.repetitions(),
                  settings.messages(),
                  settings.pauseMillis())
              .measure(bed.stage());
      case LOAD -> load(settings, bed);
      case HIGHEST ->
          new Highest(
                  settings.people(),
                  settings.groupSize(),
                  settings.step(),
                  settings.run(),
                  settings.repetitions(),
                  settings.overload())
              .measure(bed);
      case FANOUT -> new FanOut(settings.run(), settings.repetitions()).measure(bed);
      case SOCKETS -> new IdleSockets(settings.sockets(), settings.idle()).measure(bed);
      case CUT_OFF -> new CutOff(settings.clients(), settings.repetitions()).measure(bed);
      case SLOW -> new SlowReaders(settings.run()).measure(bed);
      case BACKLOG ->
          new Backlog(settings.backlog(), settings.repetitions()).measure(bed, engines());
      case READS ->
          new Reads(
                  settings.people(),
                  settings.groupSize(),
                  settings.rate(),
                  settings.run(),
                  settings.repetitions())
              .measure(bed);
      case VIEWS -> new Rebuild(settings.repetitions()).views(engines());
      case INDEX -> new Rebuild(settings.repetitions()).search(engines());
      case IDENTITY -> identity(settings, bed.stage());
    };
  }

  private static Row load(Settings settings, TestBed bed) throws InterruptedException {
    return new OpenLoop(
            settings.people(),
            settings.groupSize(),
            settings.rate(),
            settings.warmUp(),
            settings.run(),
            settings.repetitions())
        .measure(bed, new OpenLoop.Raw(kafkaAlone(settings), redisAlone(settings)));
  }

  private static Optional<Latency> redisAlone(Settings settings) throws InterruptedException {
    var address = engines().redis();
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(new RawRedis(address.get()).latency(settings.rate(), settings.run()));
  }

  private static Optional<Latency> kafkaAlone(Settings settings) throws InterruptedException {
    var log = log(settings);
    if (log.isEmpty()) {
      return Optional.empty();
    }
    try (var kafka = new RawKafka(log.get())) {
      return Optional.of(kafka.latency(settings.rate(), settings.run()));
    }
  }

  private static Engines engines() {
    return new Engines(System.getenv());
  }

  private static Optional<KafkaConnection> log(Settings settings) {
    return Optional.ofNullable(settings.kafka())
        .map(servers -> KafkaConnection.of(servers, System.getenv()));
  }

  private static Row identity(Settings settings, Stage stage) throws InterruptedException {
    var costs = new ArrayList<Cost>(SealCosts.measure());
    log(settings)
        .ifPresentOrElse(
            log -> costs.addAll(TokenCosts.measure(log)),
            () -> say("tokens are not measured: their check asks the log, say where with --kafka"));
    costs.forEach(cost -> say("%s", cost));
    return new Reconnects(settings.reconnects(), System.getenv("PARLEY_IDENTITY_URL"))
        .measure(stage, costs);
  }

  private static void say(String what, Object... values) {
    System.out.println(what.formatted(values));
  }
}
