package dev.parley.stack.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A child process that ends when its parent ends, whatever ends the parent, `kill -9` included.
///
/// A shell starts a watcher and then becomes the command, so [#pid] is the command's own. The
/// watcher reads the pipe from the parent, which never carries a byte: when the kernel closes it,
/// because the parent is gone or has called [#stop], the watcher asks the command to end and kills
/// it when the grace is over. Before each signal the watcher looks whether the command is still its
/// parent, so that a pid used again is never hit.
public final class GuardedProcess {

  private static final String GUARD =
      """
      signal=$1 grace=$2
      shift 2
      exec 3<&0
      (
        command_lives() {
          if [ -r /proc/self/stat ]; then
            read -r stat </proc/self/stat
            set -- $stat
            [ "$4" = "$$" ]
          else
            me=$(exec sh -c 'echo $PPID')
            [ "$(ps -o ppid= -p "$me" | tr -d ' ')" = "$$" ]
          fi
        }
        trap '' INT HUP
        cat <&3
        exec 3<&-
        command_lives && kill -s "$signal" $$
        fifths=$((grace * 5))
        while command_lives; do
          [ "$fifths" -gt 0 ] || kill -s KILL $$
          fifths=$((fifths - 1))
          sleep 0.2 || sleep 1
        done
      ) >/dev/null 2>&1 &
      exec 3<&-
      exec "$@" </dev/null
      """;

  private final Process process;
  private final int graceSeconds;
  private final Instant startedAt = Instant.now();

  private GuardedProcess(Process process, int graceSeconds) {
    this.process = process;
    this.graceSeconds = graceSeconds;
    // Lets the watcher of a command that ended by itself go, too.
    this.process.onExit().thenAccept(GuardedProcess::closePipe);
  }

  public static GuardedProcess start(Launch launch) throws IOException {
    Files.createDirectories(launch.directory());
    if (launch.log().getParent() != null) {
      Files.createDirectories(launch.log().getParent());
    }
    File log = launch.log().toFile();
    List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard"));
    command.add(launch.stop().name());
    command.add(Integer.toString(launch.graceSeconds()));
    command.addAll(launch.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(launch.environment());
    builder.directory(launch.directory().toFile());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    return new GuardedProcess(builder.start(), launch.graceSeconds());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public Instant startedAt() {
    return startedAt;
  }

  /// Completes with the exit code.
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /// Asks the process to end and waits until it has; it is killed when its grace is over.
  public void stop() {
    closePipe(process);
    if (!endsWithin(Duration.ofSeconds(graceSeconds + 3L))) {
      kill();
    }
  }

  /// `kill -9`.
  public void kill() {
    process.destroyForcibly();
    endsWithin(Duration.ofSeconds(5));
  }

  private boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void closePipe(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe carries no byte, so nothing is lost; a broken one has done its work.
    }
  }
}
