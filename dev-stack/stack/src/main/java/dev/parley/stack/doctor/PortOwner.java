package dev.parley.stack.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Which process listens on a port, as far as this user may see: from `/proc`, or else from `lsof`.
final class PortOwner {

  private static final String LISTENING = "0A";

  private PortOwner() {}

  static Optional<String> of(int port) {
    return inProc(port).or(() -> byLsof(port)).map(PortOwner::describe);
  }

  private static String describe(long pid) {
    String command =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().command())
            .map(path -> String.valueOf(Path.of(path).getFileName()))
            .orElse("a process");
    return "%s (pid %d)".formatted(command, pid);
  }

  private static Optional<Long> inProc(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> inode(Path.of(table), port).stream())
        .findFirst()
        .flatMap(PortOwner::holder);
  }

  private static Optional<String> inode(Path table, int port) {
    String wanted = String.format(Locale.ROOT, ":%04X", port);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(f -> f.length > 9 && f[1].endsWith(wanted) && f[3].equals(LISTENING))
          .map(f -> f[9])
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> holder(String inode) {
    String socket = "socket:[" + inode + "]";
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> holds(pid, socket))
        .findFirst();
  }

  private static boolean holds(long pid, String socket) {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.anyMatch(descriptor -> socket.equals(target(descriptor)));
    } catch (IOException e) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<Long> byLsof(int port) {
    try {
      Process lsof =
          new ProcessBuilder(List.of("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(lsof.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .map(Long::valueOf);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
