package dev.parley.bench;

import dev.parley.bench.check.Answers;
import dev.parley.bench.check.CommittedLog;
import dev.parley.bench.identity.Cost;
import dev.parley.bench.identity.Reconnects;
import dev.parley.bench.identity.SealCosts;
import dev.parley.bench.identity.TokenCosts;
import dev.parley.bench.load.OneByOne;
import dev.parley.bench.load.OpenLoop;
import dev.parley.bench.load.Stage;
import dev.parley.bench.report.Machine;
import dev.parley.bench.report.Report;
import dev.parley.bench.report.Row;
import dev.parley.log.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Measures a running Parley. Ends with 1 if something was lost, doubled or contradicted.
public final class Bench {

  private static final Duration LOG_LIMIT = Duration.ofMinutes(5);
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
    var rows = rows(settings);
    var report = new Report(at, "parley bench " + String.join(" ", arguments), machine, rows);
    report.write(settings.out());
    System.out.println("\n" + report.table());
    System.out.println("figures: " + settings.out());
    System.exit(rows.stream().allMatch(row -> row.faults().isEmpty()) ? 0 : 1);
  }

  private static @Nullable Settings settings(String[] arguments, String at) {
    try {
      var file = "bench-" + at.replace(":", "") + ".json";
      return Settings.read(arguments, Path.of(".parley", "bench", file));
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.print(Settings.HELP);
      return null;
    }
  }

  private static List<Row> rows(Settings settings) throws InterruptedException {
    var rows = new ArrayList<Row>();
    try (var stage = Stage.open(settings.url(), settings.edges(), settings.loops())) {
      if (settings.rows().contains("idle")) {
        say(
            "one by one: %d + %d x %d messages",
            settings.idleWarmUp(), settings.repetitions(), settings.messages());
        rows.add(
            new OneByOne(
                    settings.idleWarmUp(),
                    settings.repetitions(),
                    settings.messages(),
                    settings.pauseMillis())
                .measure(stage));
      }
      if (settings.rows().contains("load")) {
        say(
            "open loop: %d sockets, %d/s for %d s",
            settings.sockets(), settings.ratePerSecond(), settings.run().toSeconds());
        rows.add(load(settings, stage));
      }
      if (settings.rows().contains("identity")) {
        say("identity: tokens, seals, %d reconnects", settings.reconnects());
        rows.add(identity(settings, stage));
      }
    }
    return rows;
  }

  private static Row identity(Settings settings, Stage stage) throws InterruptedException {
    var costs = new ArrayList<Cost>(SealCosts.measure());
    var kafka = settings.kafka();
    if (kafka == null) {
      say("tokens are not measured: their check asks the log, say where with --kafka");
    } else {
      costs.addAll(TokenCosts.measure(KafkaConnection.of(kafka, System.getenv())));
    }
    costs.forEach(cost -> say("%s", cost));
    return new Reconnects(settings.reconnects(), System.getenv("PARLEY_IDENTITY_URL"))
        .measure(stage, costs);
  }

  private static Row load(Settings settings, Stage stage) throws InterruptedException {
    var outcome =
        new OpenLoop(
                settings.sockets(),
                settings.groups(),
                settings.ratePerSecond(),
                settings.warmUp(),
                settings.run())
            .measure(stage);
    var kafka = settings.kafka();
    return kafka == null ? outcome.row() : compared(outcome.row(), outcome.answers(), kafka);
  }

  private static Row compared(Row row, Answers answers, String kafka) throws InterruptedException {
    say("comparing %d answers with the committed log", answers.size());
    var log =
        CommittedLog.read(
            KafkaConnection.of(kafka, System.getenv()), answers.messages(), LOG_LIMIT);
    var faults = new ArrayList<>(row.faults());
    faults.addAll(answers.against(log));
    return new Row(row.name(), row.settings(), row.series(), row.counts(), faults);
  }

  private static void say(String what, Object... values) {
    System.out.println(what.formatted(values));
  }
}
