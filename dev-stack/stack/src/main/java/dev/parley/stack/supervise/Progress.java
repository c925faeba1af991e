package dev.parley.stack.supervise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/// The lines that a person who typed `up` or `down` follows. The last one starts with one of the
/// marks.
public final class Progress {

  public static final String READY = "#ready ";
  public static final String FAILED = "#failed ";
  public static final String STOPPED = "#stopped ";

  private final Path file;
  private final long startedNanos = System.nanoTime();

  Progress(Path file) throws IOException {
    this.file = file;
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, new byte[0]);
  }

  void step(String name, String what) {
    write(String.format(Locale.ROOT, "%6.1f s  %-20s %s", secondsSince(startedNanos), name, what));
  }

  void ready(String url) {
    write(String.format(Locale.ROOT, "%s%.1f %s", READY, secondsSince(startedNanos), url));
  }

  void failed(String sentence, List<String> logTail) {
    logTail.forEach(line -> write("    | " + line));
    write(FAILED + sentence);
  }

  void stopped(String sentence) {
    write(STOPPED + sentence);
  }

  static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private synchronized void write(String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
