package dev.parley.stack.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// Keeps logs from growing without end: at a start, a log over the limit becomes `<name>.log.1`.
final class OldLogs {

  private static final long BYTES_MAX = 20L << 20;

  private OldLogs() {}

  static void putAside(Path folder) throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(folder)) {
      logs = files.filter(file -> file.toString().endsWith(".log")).toList();
    }
    for (Path log : logs) {
      if (Files.size(log) > BYTES_MAX) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
