package dev.parley.bench.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How many files, and so sockets, a process may have open.
public final class OpenFiles {

  private OpenFiles() {}

  /// @throws IllegalStateException with what to do where a process may not have so many sockets
  public static void expect(long pid, int sockets) {
    long allowed = allowed(pid);
    if (allowed < sockets) {
      throw new IllegalStateException(
          "Process %d may open %d files, but %d sockets are wanted: raise the limit (ulimit -n %d) and start again, or measure fewer"
              .formatted(pid, allowed, sockets, sockets + sockets / 10));
    }
  }

  private static long allowed(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/limits"))) {
      return lines
          .filter(line -> line.startsWith("Max open files"))
          .map(line -> line.substring("Max open files".length()).strip().split("\\s+")[0])
          .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException notHere) {
      return Long.MAX_VALUE;
    }
  }
}
