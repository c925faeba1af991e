package dev.parley.stack.command;

import dev.parley.stack.supervise.UnitState;
import java.time.Duration;
import java.time.Instant;

/// Whether the process that was written down is the one that has its pid now.
final class Liveness {

  /// A process is started before its pid is written down, never after.
  private static final Duration CLOCK_ERROR = Duration.ofSeconds(2);

  private Liveness() {}

  static boolean isAlive(UnitState unit) {
    return unit.pid() != 0
        && ProcessHandle.of(unit.pid())
            .filter(ProcessHandle::isAlive)
            .flatMap(process -> process.info().startInstant())
            .filter(start -> isNotAfter(start, unit.since()))
            .isPresent();
  }

  private static boolean isNotAfter(Instant start, Instant written) {
    return start.isBefore(written.plus(CLOCK_ERROR));
  }
}
