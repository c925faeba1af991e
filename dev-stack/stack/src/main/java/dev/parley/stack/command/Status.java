package dev.parley.stack.command;

import dev.parley.stack.plan.Folders;
import dev.parley.stack.supervise.StackState;
import dev.parley.stack.supervise.UnitState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// Asks every process itself how it is. Exit code 0 only if all are well.
final class Status {

  private static final String ROW = "%-20s %-10s %8s %6s %9s %9s  %s%n";

  private final Folders folders;

  Status(Path data) {
    this.folders = new Folders(data);
  }

  int run() throws IOException {
    StackState state = RunningStack.expected(folders);
    List<CompletableFuture<Health>> asked =
        state.units().stream()
            .map(unit ->
                CompletableFuture.supplyAsync(
                    () -> Health.of(unit, state), Thread::startVirtualThread))
            .toList();
    List<Health> healths = asked.stream().map(CompletableFuture::join).toList();
    System.out.printf(ROW, "NAME", "STATE", "PID", "PORT", "UPTIME", "RESTARTS", "");
    for (int i = 0; i < healths.size(); i++) {
      print(state.units().get(i), healths.get(i));
    }
    long unwell = healths.stream().filter(health -> !health.isWell()).count();
    System.out.println();
    System.out.println(
        unwell == 0
            ? "All is well: " + state.url()
            : unwell
                + " of "
                + healths.size()
                + " processes are not well; ./parley logs NAME shows why.");
    return unwell == 0 ? 0 : 1;
  }

  private static void print(UnitState unit, Health health) {
    boolean running = unit.phase() == UnitState.Phase.RUNNING;
    System.out.printf(
        Locale.ROOT,
        ROW,
        unit.name(),
        health.word(),
        unit.pid() == 0 ? "-" : Long.toString(unit.pid()),
        unit.port(),
        running ? uptime(unit.since()) : "-",
        unit.restarts(),
        health.detail());
  }

  private static String uptime(Instant since) {
    Duration up = Duration.between(since, Instant.now());
    if (up.toHours() > 0) {
      return "%dh %02dm".formatted(up.toHours(), up.toMinutesPart());
    }
    return up.toMinutes() > 0
        ? "%dm %02ds".formatted(up.toMinutes(), up.toSecondsPart())
        : up.toSeconds() + "s";
  }
}
