package dev.parley.stack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How to run one process.
///
/// @param environment added to the parent's
/// @param log standard output and error are appended here
/// @param stop the signal that asks the process to end in order
/// @param graceSeconds how long it may take after that signal before it is killed
public record Launch(
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path log,
    StopSignal stop,
    int graceSeconds) {

  /// Signals a process takes as a request to end.
  public enum StopSignal {
    TERM,
    /// What Postgres takes for "end now, in order"; on TERM it would wait for its clients to leave.
    INT
  }

  private static final int GRACE_SECONDS = 30;

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public static Launch of(List<String> command, Path directory, Path log) {
    return new Launch(
        command, Map.of(), directory, log, StopSignal.TERM, AotCache.graceSeconds(GRACE_SECONDS));
  }
}
