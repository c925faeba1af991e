package dev.parley.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where figures were taken: without it they say nothing.
///
/// @param loadAverage of the last minute, before the measurement
public record Machine(
    String processor, int cores, long memoryMib, String system, String java, double loadAverage) {

  private static final long MIB = 1 << 20;

  public static Machine here() {
    var os = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new Machine(
        processorName(),
        os.getAvailableProcessors(),
        os.getTotalMemorySize() / MIB,
        os.getName() + " " + os.getVersion() + " " + os.getArch(),
        Runtime.version().toString(),
        os.getSystemLoadAverage());
  }

  @Override
  public String toString() {
    return "%s, %d cores, %d MiB, %s, JDK %s, load average %.2f"
        .formatted(processor, cores, memoryMib, system, java, loadAverage);
  }

  private static String processorName() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException notLinux) {
      return "unknown processor";
    }
  }
}
