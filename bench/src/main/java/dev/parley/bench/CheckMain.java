package dev.parley.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.parley.bench.check.Check;
import dev.parley.bench.check.Sources;
import dev.parley.bench.check.Verdict;
import dev.parley.bench.check.workload.RunningWorkload;
import dev.parley.bench.check.workload.Workload;
import dev.parley.bench.fault.BadNetwork;
import dev.parley.bench.fault.Deployment;
import dev.parley.bench.fault.FaultReport;
import dev.parley.bench.fault.FaultRun;
import dev.parley.bench.fault.FaultSettings;
import dev.parley.bench.load.Stage;
import dev.parley.client.Answer;
import dev.parley.log.KafkaConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `./parley check`: sets random people to work on a deployment and compares what they were told
/// with everything that it holds. Ends with 1 if anything was found. Told to end, it compares what
/// there is by then.
public final class CheckMain {

  private static final int USAGE = 2;
  private static final long LOOK_EVERY_MILLIS = 200;

  private CheckMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var at = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
    if (List.of(arguments).contains("--help")) {
      System.out.print(CheckSettings.HELP);
      return;
    }
    var settings = settings(arguments, Path.of(".parley", "check", at));
    if (settings == null) {
      System.exit(USAGE);
      return;
    }
    var early = EarlyEnd.ofProcess();
    int code = 1;
    try {
      code = isRight(settings, early) ? 0 : 1;
    } catch (CannotBegin impossible) {
      System.err.println("The check cannot begin: " + impossible.getMessage());
      code = USAGE;
    } catch (IOException | InterruptedException | RuntimeException | Error unexpected) {
      unexpected.printStackTrace();
    } finally {
      early.exit(code);
    }
  }

  private static boolean isRight(CheckSettings settings, EarlyEnd early)
      throws CannotBegin, IOException, InterruptedException {
    var faults = settings.faults();
    var felt = new AtomicReference<@Nullable FaultReport>();
    var verdict =
        faults == null ? check(settings, early) : underFaults(settings, early, faults, felt::set);
    System.out.println(verdict.text());
    write(settings, verdict, felt.get());
    boolean well = isWell(felt.get());
    return verdict.clean() && well;
  }

  /// The deployment cannot be reached, or does not let people be made.
  private static final class CannotBegin extends Exception {
    CannotBegin(Throwable reason) {
      super(reason.getMessage(), reason);
    }
  }

  private static RunningWorkload begin(CheckSettings settings, Stage stage)
      throws CannotBegin, InterruptedException {
    try {
      return Workload.start(stage, settings.workload());
    } catch (IllegalStateException | UncheckedIOException failed) {
      var root = rootOf(failed);
      if (root instanceof IOException || root instanceof Answer.RefusedException) {
        throw new CannotBegin(root);
      }
      throw failed;
    }
  }

  private static Throwable rootOf(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /// How long something was felt is told, and is no anomaly; what did not become well again is one.
  private static boolean isWell(@Nullable FaultReport felt) {
    if (felt == null) {
      return true;
    }
    System.out.print(felt.table());
    felt.troubles().forEach(trouble -> System.out.println("TROUBLE " + trouble));
    return felt.troubles().isEmpty();
  }

  private static @Nullable CheckSettings settings(String[] arguments, Path out) {
    try {
      return CheckSettings.read(arguments, out);
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.print(CheckSettings.HELP);
      return null;
    }
  }

  private static Verdict check(CheckSettings settings, EarlyEnd early)
      throws CannotBegin, IOException, InterruptedException {
    tell(settings);
    try (var stage = Stage.open(settings.url(), settings.edges(), 2);
        var running = begin(settings, stage)) {
      awaitEnough(settings, running, () -> !early.asked());
      return compared(settings, stage, running);
    }
  }

  private static Verdict underFaults(
      CheckSettings settings, EarlyEnd early, FaultSettings faults, Consumer<FaultReport> felt)
      throws CannotBegin, IOException, InterruptedException {
    tell(settings);
    say("faults: %s", faults);
    var where = here();
    try (var network = BadNetwork.before(settings.edges());
        var stage = Stage.open(settings.url(), network.edges(), 2);
        var running = begin(settings, stage)) {
      try (var run = FaultRun.start(stage, network, where, faults, running.history())) {
        awaitEnough(settings, running, () -> run.isGoingOn() && !early.asked());
        felt.accept(run.stop());
      }
      return compared(settings, stage, running);
    }
  }

  private static Deployment here() throws CannotBegin {
    try {
      return Deployment.of(System.getenv());
    } catch (IllegalArgumentException elsewhere) {
      throw new CannotBegin(elsewhere);
    }
  }

  private static void tell(CheckSettings settings) {
    var workload = settings.workload();
    say(
        "seed %d: %d clients in %d conversations, %d/s for %d s",
        workload.seed(),
        workload.clients(),
        workload.conversations(),
        workload.ratePerSecond(),
        settings.run().toSeconds());
  }

  private static Verdict compared(CheckSettings settings, Stage stage, RunningWorkload running)
      throws InterruptedException {
    say("%d answered, waiting for everybody to have everything", running.answered());
    running.stop();
    say("comparing");
    var sources = new Sources(stage.rest(), KafkaConnection.of(settings.kafka(), System.getenv()));
    return Check.verify(running.history(), sources, Sources.Limits.DEFAULT);
  }

  private static void awaitEnough(
      CheckSettings settings, RunningWorkload running, BooleanSupplier goesOn)
      throws InterruptedException {
    long end = System.nanoTime() + settings.run().toNanos();
    while (System.nanoTime() - end < 0
        && running.answered() < settings.messages()
        && goesOn.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private static void write(CheckSettings settings, Verdict verdict, @Nullable FaultReport felt)
      throws IOException {
    var report = new LinkedHashMap<String, Object>();
    report.put("seed", settings.workload().seed());
    report.put("clean", verdict.clean());
    report.put("counts", verdict.counts());
    report.put("found", verdict.found());
    report.put("anomalies", verdict.anomalies());
    if (felt != null) {
      report.put("faults", felt.rows());
      report.put("troubles", felt.troubles());
    }
    Files.createDirectories(settings.folder());
    var file = settings.folder().resolve("verdict.json");
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), report);
    say("verdict and journal: %s", settings.folder());
  }

  private static void say(String what, Object... values) {
    System.out.println(what.formatted(values));
  }
}
