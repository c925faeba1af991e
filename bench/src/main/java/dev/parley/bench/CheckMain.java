package dev.parley.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.parley.bench.check.Check;
import dev.parley.bench.check.Sources;
import dev.parley.bench.check.Verdict;
import dev.parley.bench.check.workload.RunningWorkload;
import dev.parley.bench.check.workload.Workload;
import dev.parley.bench.load.Stage;
import dev.parley.log.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `./parley check`: sets random people to work on a deployment and compares what they were told
/// with everything that it holds. Ends with 1 if anything was found.
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
    if (settings.faults() != null) {
      System.err.println("--faults is not there yet.");
      System.exit(USAGE);
    }
    var verdict = check(settings);
    System.out.println(verdict.text());
    write(settings, verdict);
    System.exit(verdict.clean() ? 0 : 1);
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

  private static Verdict check(CheckSettings settings) throws IOException, InterruptedException {
    var workload = settings.workload();
    say(
        "seed %d: %d clients in %d conversations, %d/s for %d s",
        workload.seed(),
        workload.clients(),
        workload.conversations(),
        workload.ratePerSecond(),
        settings.run().toSeconds());
    try (var stage = Stage.open(settings.url(), settings.edges(), 2);
        var running = Workload.start(stage, workload)) {
      awaitEnough(settings, running);
      say("%d answered, waiting for everybody to have everything", running.answered());
      running.stop();
      say("comparing");
      var sources =
          new Sources(stage.rest(), KafkaConnection.of(settings.kafka(), System.getenv()));
      return Check.verify(running.history(), sources, Sources.Limits.DEFAULT);
    }
  }

  private static void awaitEnough(CheckSettings settings, RunningWorkload running)
      throws InterruptedException {
    long end = System.nanoTime() + settings.run().toNanos();
    while (System.nanoTime() - end < 0 && running.answered() < settings.messages()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private static void write(CheckSettings settings, Verdict verdict) throws IOException {
    var report = new LinkedHashMap<String, Object>();
    report.put("seed", settings.workload().seed());
    report.put("clean", verdict.clean());
    report.put("counts", verdict.counts());
    report.put("found", verdict.found());
    report.put("anomalies", verdict.anomalies());
    Files.createDirectories(settings.folder());
    var file = settings.folder().resolve("verdict.json");
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), report);
    say("verdict and journal: %s", settings.folder());
  }

  private static void say(String what, Object... values) {
    System.out.println(what.formatted(values));
  }
}
