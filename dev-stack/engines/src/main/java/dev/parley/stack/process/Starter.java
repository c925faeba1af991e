package dev.parley.stack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Starts a unit and waits, with a bound, until it is ready.
public final class Starter {

  private static final int TAIL_LINES = 8;
  private static final int TRACE_LINES_MAX = 500;
  private static final int WIDTH_MAX = 300;
  private static final Pattern FRAME = Pattern.compile("^\\s+(at |\\.\\.\\. \\d+ more)");

  private Starter() {}

  /// Throws [StartFailed], with the last lines of the log, when the process ends or its limit
  /// passes first.
  public static GuardedProcess startAndWait(Unit unit) throws IOException, InterruptedException {
    unit.prepare();
    Launch launch = unit.launch();
    GuardedProcess process = GuardedProcess.start(launch);
    awaitReady(unit, process);
    return process;
  }

  public static void awaitReady(Unit unit, GuardedProcess process) throws InterruptedException {
    long deadline = System.nanoTime() + unit.startLimit().toNanos();
    while (!unit.ready()) {
      if (!process.isAlive()) {
        throw failed(unit, unit.name() + " ended while it was starting");
      }
      if (System.nanoTime() > deadline) {
        process.kill();
        throw failed(
            unit,
            "%s was not ready after %d s".formatted(unit.name(), unit.startLimit().toSeconds()));
      }
      Thread.sleep(50);
    }
  }

  /// The last lines of a log; what is there when the file cannot be read is nothing.
  public static List<String> tail(Path log, int lines) {
    try {
      List<String> all =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /// Without the frames of stack traces, which bury what they belong to.
  private static List<String> tailThatTells(Path log) {
    List<String> telling =
        tail(log, TRACE_LINES_MAX).stream()
            .filter(line -> !line.isBlank() && !FRAME.matcher(line).find())
            .map(line -> line.length() <= WIDTH_MAX ? line : line.substring(0, WIDTH_MAX) + "...")
            .toList();
    return telling.subList(Math.max(0, telling.size() - TAIL_LINES), telling.size());
  }

  private static StartFailed failed(Unit unit, String sentence) {
    return new StartFailed(sentence, tailThatTells(unit.launch().log()));
  }
}
