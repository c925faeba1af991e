package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A process that is told to end by a signal.
class EarlyEndTest {

  private static final int FOUND = 7;

  /// Works until it is told to end, or for as many milliseconds as it is given.
  static final class Worker {
    public static void main(String[] arguments) throws InterruptedException {
      var early = EarlyEnd.ofProcess();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0]));
      System.out.println("at work");
      while (!early.asked() && System.nanoTime() - end < 0) {
        Thread.sleep(5);
      }
      System.out.println("the verdict");
      early.exit(FOUND);
    }
  }

  private static Process start(long millis) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            Long.toString(millis))
        .start();
  }

  @Test
  void whatIsToldToEndSaysWhatItFound() throws Exception {
    var process = start(600_000);
    try {
      var out = process.inputReader(StandardCharsets.UTF_8);
      assertThat(out.readLine()).isEqualTo("at work");

      // Process.destroy would close what is read from it.
      process.toHandle().destroy();

      assertThat(out.readAllLines()).last().isEqualTo("the verdict");
      assertEnded(process);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatEndsByItselfDoesSoWithItsCode() throws Exception {
    var process = start(0);
    try {
      assertEnded(process);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void assertEnded(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(FOUND);
  }
}
