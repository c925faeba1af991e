package dev.parley.stack.supervise;

import dev.parley.stack.plan.Step;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.StartFailed;
import dev.parley.stack.process.Starter;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One unit's life: started, watched, started again when it ends by itself, until it is told to
/// stop. Its thread is the only one that starts the process; any thread may stop it.
final class Supervised {

  private final Step step;
  private final Progress progress;
  private final Runnable changed;
  private final Backoff backoff = new Backoff(InstantSource.system());
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CompletableFuture<Void> firstReady = new CompletableFuture<>();

  private volatile UnitState state;
  private volatile @Nullable GuardedProcess process;

  Supervised(Step step, Progress progress, Runnable changed) {
    this.step = step;
    this.progress = progress;
    this.changed = changed;
    this.state =
        new UnitState(
            unit().name(), UnitState.Phase.WAITING, 0, unit().port(), Instant.now(), 0, "");
  }

  Unit unit() {
    return step.unit();
  }

  Step step() {
    return step;
  }

  UnitState state() {
    return state;
  }

  /// Completes when the unit is ready for the first time, or with why it cannot be.
  CompletableFuture<Void> firstReady() {
    return firstReady;
  }

  /// Lives through the unit's whole life; `conditions` is what the first start waits for.
  void run(CompletableFuture<Void> conditions) {
    try {
      conditions.get();
      if (startFirst()) {
        keepRunning();
      }
    } catch (ExecutionException e) {
      // Something this unit needs failed; that failure has been told already.
      firstReady.cancel(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean startFirst() throws InterruptedException {
    long began = System.nanoTime();
    try {
      start();
      progress.step(
          unit().name(),
          String.format(
              Locale.ROOT,
              "ready on port %d after %.1f s",
              unit().port(),
              Progress.secondsSince(began)));
      firstReady.complete(null);
      return true;
    } catch (IOException | RuntimeException e) {
      if (isStopping()) {
        firstReady.cancel(false);
      } else {
        to(UnitState.Phase.DOWN, 0, sentence(e));
        firstReady.completeExceptionally(e);
      }
      return false;
    }
  }

  private void keepRunning() throws InterruptedException {
    while (!isStopping()) {
      awaitEnd();
      if (!isStopping()) {
        restart();
      }
    }
  }

  private void awaitEnd() throws InterruptedException {
    GuardedProcess running = process;
    if (running == null) {
      return;
    }
    try {
      int code = running.onExit().get();
      if (!isStopping()) {
        tell("ended with code " + code + meaning(code));
        to(UnitState.Phase.DOWN, 0, "ended with code " + code + meaning(code));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected an exit code of " + unit().name(), e);
    }
  }

  private void restart() throws InterruptedException {
    Duration pause = backoff.ended();
    if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    state = state.restarted();
    try {
      start();
      tell("runs again, restart " + state.restarts());
    } catch (IOException | RuntimeException e) {
      if (!isStopping()) {
        tell("could not be started again: " + sentence(e));
        to(UnitState.Phase.DOWN, 0, sentence(e));
      }
      process = null;
    }
  }

  private void start() throws IOException, InterruptedException {
    to(UnitState.Phase.STARTING, 0, "");
    unit().prepare();
    GuardedProcess started;
    synchronized (this) {
      if (isStopping()) {
        throw new IllegalStateException("stopped while it was starting");
      }
      started = GuardedProcess.start(unit().launch());
      process = started;
    }
    to(UnitState.Phase.STARTING, started.pid(), "");
    Starter.awaitReady(unit(), started);
    backoff.ready();
    to(UnitState.Phase.RUNNING, started.pid(), "");
  }

  /// Asks the process to end and waits until it has.
  void stop() {
    GuardedProcess running;
    synchronized (this) {
      stopping.countDown();
      running = process;
    }
    if (running != null) {
      running.stop();
    }
    to(UnitState.Phase.STOPPED, 0, "");
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void to(UnitState.Phase phase, long pid, String note) {
    state = state.to(phase, pid, Instant.now(), note);
    changed.run();
  }

  private void tell(String what) {
    System.out.printf(Locale.ROOT, "%s %s %s%n", Instant.now(), unit().name(), what);
  }

  private static String meaning(int code) {
    return switch (code) {
      case 3 -> " (out of memory)";
      case 137 -> " (killed)";
      case 143 -> " (told to end by somebody else)";
      default -> "";
    };
  }

  private static String sentence(Exception failure) {
    if (failure instanceof StartFailed failed) {
      return failed.sentence();
    }
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
