package dev.parley.bench.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Some processes of a stack, as its supervisor writes them down.
public final class Processes {

  private static final int NAME = 0;
  private static final int PHASE = 1;
  private static final int PID = 2;
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Path state;
  private final String name;

  /// @param data the stack's folder
  /// @param name how their names begin
  public Processes(Path data, String name) {
    state = data.resolve("run/state");
    this.name = name;
  }

  /// `kill -9` of all of them; returns when the supervisor has others running in their place.
  public void kill() throws InterruptedException {
    awaitOthers(strike());
  }

  /// `kill -9` of all of them.
  ///
  /// @return whom it hit
  public Set<Long> strike() {
    var killed = running();
    if (killed.isEmpty()) {
      throw new IllegalStateException("Expected a running " + name + " in " + state);
    }
    killed.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    return killed;
  }

  /// Returns when the supervisor has others running in their place.
  ///
  /// @throws IllegalStateException if that takes two minutes
  public void awaitOthers(Set<Long> gone) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!areReplaced(gone)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Expected another %s in place of %s within %s".formatted(name, gone, LIMIT));
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  boolean areReplaced(Set<Long> gone) {
    var now = running();
    return now.size() == units().size() && now.stream().noneMatch(gone::contains);
  }

  /// Names of all of them, in the order of their numbers.
  List<String> units() {
    return lines().map(fields -> fields[NAME]).sorted().toList();
  }

  Set<Long> running() {
    return lines()
        .filter(fields -> fields[PHASE].equals("RUNNING"))
        .map(fields -> Long.parseLong(fields[PID]))
        .collect(Collectors.toSet());
  }

  private Stream<String[]> lines() {
    try {
      return Files.readAllLines(state).stream()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .filter(fields -> fields[NAME].startsWith(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
