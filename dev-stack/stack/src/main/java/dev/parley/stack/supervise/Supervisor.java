package dev.parley.stack.supervise;

import dev.parley.stack.plan.Folders;
import dev.parley.stack.plan.Options;
import dev.parley.stack.plan.Plan;
import dev.parley.stack.plan.Secrets;
import dev.parley.stack.plan.Step;
import dev.parley.stack.process.StartFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The process that keeps a stack running. It holds a lock on the stack's data as long as it lives;
/// SIGTERM stops everything in order; when it is killed, the guards of its children stop them.
public final class Supervisor {

  private final Options options;
  private final Folders folders;
  private final Plan plan;
  private final Progress progress;
  private final Instant since = Instant.now();
  private final List<Supervised> units = new ArrayList<>();
  private final AtomicBoolean givingUp = new AtomicBoolean();

  private Supervisor(Options options, Folders folders, Plan plan, Progress progress) {
    this.options = options;
    this.folders = folders;
    this.plan = plan;
    this.progress = progress;
  }

  /// Runs until the process is told to end.
  public static void run(Options options) throws IOException, InterruptedException {
    Folders folders = new Folders(options.data());
    Files.createDirectories(folders.run());
    FileChannel lock =
        FileChannel.open(folders.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      throw new IOException("Another stack runs on " + options.data());
    }
    Progress progress = new Progress(folders.progress());
    Plan plan = new Plan(options, folders, Secrets.ofFolder(folders.secrets()));
    new Supervisor(options, folders, plan, progress).start();
    Thread.currentThread().join();
  }

  private void start() {
    for (Step step : plan.steps()) {
      units.add(new Supervised(step, progress, this::writeState));
    }
    writeState();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    progress.step("", "starting " + units.size() + " processes, logs are in " + folders.logs());
    Map<String, Supervised> byName =
        units.stream().collect(Collectors.toMap(u -> u.unit().name(), Function.identity()));
    for (Supervised unit : units) {
      CompletableFuture<Void> conditions =
          CompletableFuture.allOf(
              unit.step().after().stream()
                  .flatMap(name -> Stream.ofNullable(byName.get(name)))
                  .map(Supervised::firstReady)
                  .toArray(CompletableFuture[]::new));
      Thread.ofPlatform().name(unit.unit().name()).start(() -> unit.run(conditions));
    }
    report();
  }

  /// Tells when all is ready, or ends at the first unit that cannot be started.
  private void report() {
    for (Supervised unit : units) {
      unit.firstReady()
          .whenComplete((ready, failure) -> {
            if (failure != null && !(failure instanceof CancellationException)) {
              Thread.ofPlatform().start(() -> giveUp(unit, failure));
            }
          });
    }
    CompletableFuture.allOf(
            units.stream().map(Supervised::firstReady).toArray(CompletableFuture[]::new))
        .thenRun(() -> progress.ready(plan.url()));
  }

  private void giveUp(Supervised unit, Throwable failure) {
    if (!givingUp.compareAndSet(false, true)) {
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StartFailed failed) {
      progress.failed(
          failed.sentence() + "; its log is " + folders.log(unit.unit().name()), failed.logTail());
    } else {
      progress.failed(sentence(cause == null ? failure : cause), List.of());
    }
    System.exit(1);
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  /// Wave by wave; within a wave all at once.
  private void stop() {
    Map<Integer, List<Supervised>> waves =
        units.stream()
            .collect(
                Collectors.groupingBy(u -> u.step().wave(), TreeMap::new, Collectors.toList()));
    for (List<Supervised> wave : waves.values()) {
      List<Thread> stops =
          wave.stream().map(unit -> Thread.ofPlatform().start(() -> stop(unit))).toList();
      for (Thread thread : stops) {
        joined(thread);
      }
    }
    progress.stopped("all processes have ended; the data is kept in " + options.data());
  }

  private void stop(Supervised unit) {
    long began = System.nanoTime();
    boolean ran = unit.state().pid() != 0;
    unit.stop();
    if (ran) {
      progress.step(
          unit.unit().name(),
          String.format(java.util.Locale.ROOT, "stopped in %.1f s", Progress.secondsSince(began)));
    }
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void writeState() {
    try {
      new StackState(
              ProcessHandle.current().pid(),
              since,
              options,
              plan.url(),
              units.stream().map(Supervised::state).toList())
          .write(folders.state());
    } catch (IOException e) {
      System.out.println("The state could not be written: " + e.getMessage());
    }
  }
}
