package dev.parley.bench.path;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// Some processes of a stack, as its supervisor writes them down.
final class Processes {

  private static final int NAME = 0;
  private static final int PHASE = 1;
  private static final int PID = 2;

  private final Path state;
  private final String name;

  /// @param data the stack's folder
  /// @param name how their names begin
  Processes(Path data, String name) {
    state = data.resolve("run/state");
    this.name = name;
  }

  /// `kill -9` of all of them; returns when the supervisor has others running in their place.
  void kill() throws InterruptedException {
    awaitOthers(strike());
  }

  /// `kill -9` of all of them.
  ///
  /// @return whom it hit
  Set<Long> strike() {
    var killed = running();
    if (killed.isEmpty()) {
      throw new IllegalStateException("Expected a running " + name + " in " + state);
    }
    killed.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    return killed;
  }

  void awaitOthers(Set<Long> killed) throws InterruptedException {
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
          .filter(fields -> fields[NAME].startsWith(name))
          .filter(fields -> fields[PHASE].equals("RUNNING"))
          .map(fields -> Long.parseLong(fields[PID]))
          .collect(Collectors.toSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
