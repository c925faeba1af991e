package dev.parley.stack.doctor;

import dev.parley.stack.plan.Plan;
import dev.parley.stack.process.Ports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Looks at the machine. The script has looked at JDK, Maven and Node before, since this class
/// needs the first two.
public final class Doctor {

  private static final long GIB = 1L << 30;
  private static final long DISK_MIN = GIB;
  private static final long DISK_GOOD = 5 * GIB;
  private static final long MEMORY_GOOD = 4 * GIB;

  private Doctor() {}

  /// What keeps a stack from starting, or is likely to; nothing that is fine.
  public static List<Finding> beforeStart(Plan plan, Path data) {
    return Stream.concat(ofPorts(plan).stream(), ofMachine(data).stream())
        .filter(finding -> !finding.isFine())
        .toList();
  }

  public static List<Finding> ofMachine(Path data) {
    return Stream.of(disk(data), memory(), userNamespace())
        .filter(finding -> !finding.sentence().isEmpty())
        .toList();
  }

  public static List<Finding> ofPorts(Plan plan) {
    Map<Integer, String> needed = new TreeMap<>(plan.portsNeeded());
    List<Finding> taken = new ArrayList<>();
    needed.forEach((port, who) -> {
      if (Ports.isTaken(port)) {
        taken.add(taken(port, who));
      }
    });
    return taken.isEmpty()
        ? List.of(Finding.fine("All " + needed.size() + " ports are free."))
        : taken;
  }

  private static Finding taken(int port, String who) {
    String owner = PortOwner.of(port).map(found -> " by " + found).orElse("");
    return Finding.problem(
        "Port %d, needed for %s, is taken%s: stop that process, or use other ports with --offset 1000."
            .formatted(port, who, owner));
  }

  private static Finding disk(Path data) {
    long free;
    try {
      free = Files.getFileStore(existing(data)).getUsableSpace();
    } catch (IOException e) {
      return Finding.problem(
          "The folder %s cannot be used (%s): choose another one with --data."
              .formatted(data, e.getMessage()));
    }
    String sentence = "%.1f GiB of disk are free for %s".formatted((double) free / GIB, data);
    if (free < DISK_MIN) {
      return Finding.problem(sentence + ": free some, or choose another disk with --data.");
    }
    return free < DISK_GOOD
        ? Finding.warning(sentence + ": that is little for a chat history, free some soon.")
        : Finding.fine(sentence + ".");
  }

  private static Path existing(Path folder) {
    Path there = folder;
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  private static Finding memory() {
    long available = availableMemory();
    String sentence = "%.1f GiB of memory are available".formatted((double) available / GIB);
    return available < MEMORY_GOOD
        ? Finding.warning(
            sentence + ", the stack wants 4: close something, or expect it to be slow.")
        : Finding.fine(sentence + ".");
  }

  private static long availableMemory() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException e) {
      // Not Linux; what is installed is the best guess there.
      var system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return system.getTotalMemorySize();
    }
  }

  private static Finding userNamespace() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Finding.fine("");
    }
    try {
      Process process = new ProcessBuilder("unshare", "-U", "true").start();
      if (process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return Finding.fine("Postgres can run in a user namespace, since you are root.");
      }
    } catch (IOException e) {
      // There is no unshare; the sentence below says what to do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Finding.problem(
        "Postgres refuses to run as root and no user namespace can be made: run Parley as an ordinary user.");
  }
}
