package dev.parley.bench.path;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// The command-service processes of a stack, as its supervisor writes them down.
final class Deciders {

  private static final int NAME = 0;
  private static final int PHASE = 1;
  private static final int PID = 2;

  private final Path state;

  /// @param data the stack's folder
  Deciders(Path data) {
    state = data.resolve("run/state");
  }

  /// `kill -9` of all of them; returns when the supervisor has others running in their place.
  void kill() throws InterruptedException {
    var killed = running();
    if (killed.isEmpty()) {
      throw new IllegalStateException("Expected a running command-service in " + state);
    }
    killed.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    Await.until(
        "the supervisor starts others in place of " + killed,
        () -> {
          var now = running();
          return now.size() == killed.size() && now.stream().noneMatch(killed::contains);
        });
  }

  private Set<Long> running() {
    try (var lines = Files.lines(state)) {
      return lines
          .map(line -> line.split("\t", -1))
          .filter(fields -> fields[NAME].startsWith("command-service"))
          .filter(fields -> fields[PHASE].equals("RUNNING"))
          .map(fields -> Long.parseLong(fields[PID]))
          .collect(Collectors.toSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
