package dev.parley.stack.supervise;

import java.time.Instant;
import java.util.Locale;

/// What the supervisor knows of one unit. Whether it answers at this moment, only a probe can tell.
///
/// @param pid 0 when there is no process
/// @param restarts since the stack was started
public record UnitState(
    String name, Phase phase, long pid, int port, Instant since, int restarts, String note) {

  /// Where a unit is in its life.
  public enum Phase {
    WAITING,
    STARTING,
    RUNNING,
    /// It ended by itself and is about to be started again.
    DOWN,
    STOPPED
  }

  UnitState to(Phase next, long nextPid, Instant at, String why) {
    return new UnitState(name, next, nextPid, port, at, restarts, why);
  }

  UnitState restarted() {
    return new UnitState(name, phase, pid, port, since, restarts + 1, note);
  }

  String toLine() {
    return String.join(
        "\t",
        name,
        phase.name(),
        Long.toString(pid),
        Integer.toString(port),
        since.toString(),
        Integer.toString(restarts),
        note.replaceAll("\\s+", " "));
  }

  static UnitState ofLine(String line) {
    String[] f = line.split("\t", -1);
    if (f.length != 7) {
      throw new IllegalArgumentException("Expected 7 fields, but got " + f.length);
    }
    return new UnitState(
        f[0],
        Phase.valueOf(f[1].toUpperCase(Locale.ROOT)),
        Long.parseLong(f[2]),
        Integer.parseInt(f[3]),
        Instant.parse(f[4]),
        Integer.parseInt(f[5]),
        f[6]);
  }
}
