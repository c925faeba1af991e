package dev.parley.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/// Runs seeds: `Simulate --seeds 1..1000`, or `Simulate --seed 7` with every step told.
public final class Simulate {

  /// Kept, since a logger that nobody holds forgets its level. Faults are what these runs are
  /// about, and need not be warned of.
  private static final List<Logger> SILENT =
      List.of(Logger.getLogger("dev.parley"), Logger.getLogger("org.apache.kafka"));

  static {
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private static final Pattern SEEDS = Pattern.compile("(\\d+)\\.\\.(\\d+)");

  private Simulate() {}

  /// What became of a seed.
  ///
  /// @param steps the last ones
  /// @param checksum over all steps
  record Result(
      long seed,
      List<Anomaly> anomalies,
      List<String> steps,
      long count,
      long checksum,
      Tally tally) {

    boolean isClean() {
      return anomalies.isEmpty();
    }

    @Override
    public String toString() {
      return "seed %d (-Dparley.simulation.seed=%d replays it)%n%s%nThe last of %d steps:%n%s"
          .formatted(
              seed,
              seed,
              String.join("\n", anomalies.stream().map(Anomaly::toString).toList()),
              count,
              String.join("\n", steps));
    }
  }

  static Result run(long seed, Wiring wiring) {
    return run(seed, wiring, _ -> {});
  }

  static Result run(long seed, Wiring wiring, Consumer<String> echo) {
    var world = new World(seed, wiring, echo);
    var anomalies = new ArrayList<Anomaly>();
    try {
      anomalies.addAll(world.run());
    } catch (RuntimeException broken) {
      anomalies.add(new Anomaly(Anomaly.Kind.BROKEN, stack(broken)));
      anomalies.addAll(new Verdict(world).ofLog());
    }
    return new Result(
        seed,
        anomalies,
        world.trace.last(),
        world.trace.steps(),
        world.trace.checksum(),
        world.tally());
  }

  private static String stack(Throwable broken) {
    var text = new StringWriter();
    broken.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  public static void main(String[] arguments) {
    Supplier<IllegalArgumentException> usage =
        () -> new IllegalArgumentException("Expected --seeds FIRST..LAST or --seed SEED");
    if (arguments.length != 2) {
      throw usage.get();
    }
    switch (arguments[0]) {
      case "--seed" ->
          System.out.println(run(Long.parseLong(arguments[1]), new Wiring(), System.out::println));
      case "--seeds" -> {
        var ends = SEEDS.matcher(arguments[1]);
        if (!ends.matches()) {
          throw usage.get();
        }
        runAll(Long.parseLong(ends.group(1)), Long.parseLong(ends.group(2)));
      }
      default -> throw usage.get();
    }
  }

  private static void runAll(long from, long to) {
    long begin = System.nanoTime();
    long broken = 0;
    var tally = Tally.NONE;
    for (var seed = from; seed <= to; seed++) {
      var result = run(seed, new Wiring());
      tally = tally.plus(result.tally());
      if (!result.isClean()) {
        broken++;
        System.out.println(result);
      }
    }
    System.out.printf(
        "%s: %d seeds with anomalies, %d ms%n",
        tally, broken, (System.nanoTime() - begin) / 1_000_000);
    if (broken > 0) {
      System.exit(1);
    }
  }
}
