package dev.parley.bench.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The processes of the stack that is measured, as its supervisor writes them down, and this one
/// beside them. What they used is read from Linux's `/proc`.
public final class StackProcesses {

  /// How this process is called among them.
  public static final String GENERATOR = "generator";

  private static final Path PROC = Path.of("/proc");
  private static final int NAME = 0;
  private static final int PHASE = 1;
  private static final int PID = 2;

  // Of /proc/PID/stat, counted from after the name, which may hold blanks.
  private static final int USER = 11;
  private static final int TIMES = 4;
  private static final long MICROS_PER_TICK = 10_000;

  private static final long KIB = 1_024;
  private static final Pattern HEAP_USED =
      Pattern.compile("total (?:reserved )?\\d+K, (?:committed \\d+K, )?used (\\d+)K");

  private final Path state;

  private StackProcesses(Path state) {
    this.state = state;
  }

  /// Empty where the stack runs elsewhere, or this is no Linux: then nothing is counted.
  ///
  /// @param data the stack's folder, empty for none
  public static Optional<StackProcesses> in(String data) {
    var state = Path.of(data).resolve("run/state");
    return data.isEmpty() || Files.notExists(state) || Files.notExists(PROC.resolve("self/stat"))
        ? Optional.empty()
        : Optional.of(new StackProcesses(state));
  }

  /// Processor time since the start of each, microseconds, with that of its children: Postgres is
  /// many processes.
  public Usage usage() {
    var micros = new LinkedHashMap<String, Long>();
    pids().forEach((name, pid) -> micros.put(name, micros(pid)));
    return new Usage(micros);
  }

  /// The process of that name, while it runs.
  public OptionalLong pid(String name) {
    var pid = pids().get(name);
    return pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
  }

  /// The same where the row cannot be measured without it.
  public long expectPid(String name) {
    return pid(name)
        .orElseThrow(() ->
            new IllegalStateException(
                "Expected %s among the running processes of the stack: %s"
                    .formatted(name, pids().keySet())));
  }

  /// Processor time of one process and its children, microseconds; 0 when it is gone.
  public static long micros(long pid) {
    long ticks = ticks(pid);
    var children = ProcessHandle.of(pid).map(ProcessHandle::children).orElse(Stream.empty());
    return (ticks + children.mapToLong(child -> ticks(child.pid())).sum()) * MICROS_PER_TICK;
  }

  /// Memory after a collection of garbage, bytes.
  ///
  /// @param resident all that the process holds; a heap that was once touched stays resident
  /// @param heap what is alive in the heap
  public record Memory(long resident, long heap) {}

  /// @throws IllegalStateException with a sentence for whoever runs it, where it cannot be read: a
  ///   guess would be taken for a figure
  public static Memory memoryAfterCollection(long pid) throws InterruptedException {
    var collected = jcmd(pid, "GC.run");
    if (collected.contains("disabled")) {
      throw new IllegalStateException(
          "Process %d collects no garbage when it is asked to (-XX:+DisableExplicitGC), so what is alive in its heap is not known"
              .formatted(pid));
    }
    return new Memory(resident(pid), heapUsed(pid, jcmd(pid, "GC.heap_info")));
  }

  /// @param told by `GC.heap_info`
  static long heapUsed(long pid, String told) {
    var used =
        HEAP_USED
            .matcher(told)
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)) * KIB)
            .toArray();
    if (used.length == 0) {
      throw new IllegalStateException(
          "Expected jcmd to tell how much of its heap process %d uses, but it says: %s"
              .formatted(pid, told));
    }
    return LongStream.of(used).sum();
  }

  private static String jcmd(long pid, String command) throws InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      var process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "The memory of process %d cannot be read; jcmd reaches only Java processes of the same user: %s"
                .formatted(pid, told.lines().limit(2).collect(Collectors.joining(" "))));
      }
      return told;
    } catch (IOException noJcmd) {
      throw new IllegalStateException(
          "Memory is read with %s, which cannot be run: the bench needs a JDK for it, a runtime alone has none"
              .formatted(jcmd),
          noJcmd);
    }
  }

  /// Resident memory, bytes.
  public static long resident(long pid) {
    try (var lines = Files.lines(PROC.resolve(pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("Expected process " + pid + " to run"));
    } catch (IOException gone) {
      throw new UncheckedIOException("Expected process " + pid + " to run", gone);
    }
  }

  /// All that run, and this one.
  private Map<String, Long> pids() {
    var pids = new LinkedHashMap<String, Long>();
    try (var lines = Files.lines(state)) {
      lines
          .skip(1)
          .map(line -> line.split("\t", -1))
          .filter(fields -> fields[PHASE].equals("RUNNING"))
          .forEach(fields -> pids.put(fields[NAME], Long.parseLong(fields[PID])));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    pids.put(GENERATOR, ProcessHandle.current().pid());
    return pids;
  }

  /// Its own time, and that of children that have ended.
  private static long ticks(long pid) {
    try {
      var stat = Files.readString(PROC.resolve(pid + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int i = USER; i < USER + TIMES; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks;
    } catch (NoSuchFileException gone) {
      return 0;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
