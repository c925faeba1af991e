package dev.parley.bench.fault;

import dev.parley.bench.check.history.History;
import dev.parley.bench.load.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Fault after fault, each felt to its end before the next one comes, while others load the stack.
public final class FaultRun implements AutoCloseable {

  private static final Duration WELL_LIMIT = Duration.ofSeconds(120);
  private static final Duration REST = Duration.ofSeconds(2);
  private static final long LOOK_EVERY_MILLIS = 10;
  // Who was cut off hears of it, and is no longer counted as live.
  private static final long NOTICED_MILLIS = 300;
  private static final int LISTENERS_PER_EDGE = 20;

  private final FaultSettings settings;
  private final Supplier<Fault> plan;
  private final History history;
  private final Harm harm;
  private final Pulse pulse;
  private final Listeners listeners;
  private final List<Felt> felt = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("faults").unstarted(this::run);
  private volatile boolean ending;

  private FaultRun(
      Stage stage, Harm harm, FaultSettings settings, Supplier<Fault> plan, History history)
      throws InterruptedException {
    this.settings = settings;
    this.plan = plan;
    this.history = history;
    this.harm = harm;
    this.pulse = new Pulse(stage, history);
    this.listeners = new Listeners(stage, LISTENERS_PER_EDGE);
  }

  /// Begins at once.
  ///
  /// @param stage whose edges are those of `network`
  /// @param history of the load; what this run sends to feel the faults goes there, too
  public static FaultRun start(
      Stage stage, BadNetwork network, Deployment where, FaultSettings settings, History history)
      throws InterruptedException {
    return start(stage, network, where, settings, settings.plan()::next, history);
  }

  /// With faults of one's own choice.
  public static FaultRun start(
      Stage stage,
      BadNetwork network,
      Deployment where,
      FaultSettings settings,
      Supplier<Fault> plan,
      History history)
      throws InterruptedException {
    var run = new FaultRun(stage, new Harm(where, network), settings, plan, history);
    run.thread.start();
    return run;
  }

  /// Returns when all faults of the settings were felt.
  public FaultReport await() throws InterruptedException {
    thread.join();
    return new FaultReport(felt, troubles);
  }

  /// Whether faults come still.
  public boolean isGoingOn() {
    return thread.isAlive();
  }

  /// The fault at hand is the last; returns when all is well after it.
  public FaultReport stop() throws InterruptedException {
    ending = true;
    return await();
  }

  private void run() {
    try (var waiting = Executors.newVirtualThreadPerTaskExecutor()) {
      while (!ending && felt.size() + troubles.size() < settings.faultsMax()) {
        feel(plan.get(), waiting);
        Thread.sleep(REST);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void feel(Fault fault, ExecutorService waiting) throws InterruptedException {
    long from = System.nanoTime();
    long answeredBefore = history.answered();
    pulse.since(from);
    try {
      var wound = harm.strike(fault);
      Thread.sleep(NOTICED_MILLIS);
      wound.heal();
      long returned = System.nanoTime();
      long behind = history.answered() - answeredBefore;
      var views = waiting.submit(() -> pulse.awaitViews(WELL_LIMIT));
      var index = waiting.submit(() -> pulse.awaitIndex(WELL_LIMIT));
      awaitWell(returned);
      note(
          new Felt(
              fault,
              Felt.millis(returned - from),
              Felt.millis(pulse.nextAnswerNanos()),
              Felt.millis(pulse.longestNanos()),
              Felt.millis(listeners.backAfterNanos(from)),
              found("the views", views.get()),
              found("the index", index.get()),
              behind));
    } catch (IOException | ExecutionException | IllegalStateException failed) {
      troubles.add(fault + ": " + failed.getMessage());
      System.out.println("TROUBLE " + troubles.getLast());
    }
  }

  private static long found(String where, long nanos) {
    if (nanos < 0) {
      throw new IllegalStateException(
          "expected everything in " + where + " within " + WELL_LIMIT + " of the return");
    }
    return Felt.millis(nanos);
  }

  private void awaitWell(long returned) throws InterruptedException {
    while (!pulse.beats() || listeners.absent() > 0) {
      if (System.nanoTime() - returned > WELL_LIMIT.toNanos()) {
        throw new IllegalStateException(
            "%s after the return %s, and %d clients are not live"
                .formatted(
                    WELL_LIMIT,
                    pulse.beats() ? "answers go on" : "answers do not come",
                    listeners.absent()));
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private void note(Felt one) {
    felt.add(one);
    System.out.printf(
        Locale.ROOT,
        "fault %d: %s: away %d ms, next answer %d, longest %d, resumed %d, views %d, index %d%s%n",
        felt.size(),
        one.fault(),
        one.away(),
        one.answer(),
        one.longest(),
        one.resumed(),
        one.views(),
        one.index(),
        one.met() ? "" : " MISSED: " + one.aim());
  }

  @Override
  public void close() throws InterruptedException {
    stop();
    pulse.close();
    listeners.close();
    harm.close();
  }
}
