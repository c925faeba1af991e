package dev.parley.stack.command;

import dev.parley.stack.plan.Folders;
import dev.parley.stack.process.AotCache;
import dev.parley.stack.supervise.Progress;
import dev.parley.stack.supervise.StackState;
import dev.parley.stack.supervise.UnitState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Asks the supervisor to stop everything, and waits until the last process has ended.
final class Down {

  private static final int LIMIT_SECONDS = 150;
  private static final Duration GUARDS_LIMIT = Duration.ofSeconds(45);

  private final Folders folders;

  Down(Path data) {
    this.folders = new Folders(data);
  }

  int run() throws IOException, InterruptedException {
    Optional<StackState> state = RunningStack.state(folders);
    if (!RunningStack.isSupervised(folders)) {
      state.ifPresent(Down::awaitEnd);
      System.out.println("Parley is not running.");
      return 0;
    }
    if (state.isEmpty()) {
      throw new CommandFailed("Parley is just starting: try again in a moment.");
    }
    Follower lines = Follower.fromEnd(folders.progress());
    Optional<ProcessHandle> supervisor = ProcessHandle.of(state.get().supervisor());
    supervisor.ifPresent(ProcessHandle::destroy);
    follow(lines);
    if (RunningStack.isSupervised(folders)) {
      System.out.println("It did not end in time and is killed now.");
      supervisor.ifPresent(ProcessHandle::destroyForcibly);
    }
    awaitEnd(state.get());
    return 0;
  }

  private void follow(Follower lines) throws IOException, InterruptedException {
    long deadline =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(AotCache.graceSeconds(LIMIT_SECONDS));
    while (System.nanoTime() < deadline) {
      boolean alive = RunningStack.isSupervised(folders);
      for (String line : lines.more()) {
        System.out.println(
            line.startsWith(Progress.STOPPED)
                ? "Parley is down: " + line.substring(Progress.STOPPED.length())
                : line);
      }
      if (!alive) {
        return;
      }
      Thread.sleep(100);
    }
  }

  /// Without a supervisor the guards end its children; they need no help, only a moment.
  static void awaitEnd(StackState state) {
    long deadline = System.nanoTime() + GUARDS_LIMIT.toNanos();
    List<UnitState> left = alive(state);
    if (!left.isEmpty()) {
      System.out.println("Waiting for " + left.size() + " processes of the last run to end.");
    }
    while (!left.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new CommandFailed(
            "These processes of the last run do not end, kill them: "
                + left.stream().map(unit -> unit.name() + " (pid " + unit.pid() + ")").toList());
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      left = alive(state);
    }
  }

  private static List<UnitState> alive(StackState state) {
    return state.units().stream().filter(Liveness::isAlive).toList();
  }
}
