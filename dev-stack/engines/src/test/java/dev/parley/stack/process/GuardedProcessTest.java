package dev.parley.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {

  @TempDir Path folder;

  @Test
  void aChildDiesWhenItsParentIsKilled() throws Exception {
    Path pidFile = folder.resolve("pid");
    Process parent =
        new ProcessBuilder(
                JavaCommand.executable(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                pidFile.toString())
            .inheritIO()
            .start();
    awaitThat(() -> Files.exists(pidFile));
    ProcessHandle child = ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
    assertThat(child.isAlive()).isTrue();

    parent.destroyForcibly().waitFor();

    awaitThat(() -> !child.isAlive());
  }

  @Test
  void aChildThatIgnoresTheSignalIsKilledWhenItsGraceIsOver() throws Exception {
    GuardedProcess process =
        GuardedProcess.start(launch(1, "trap '' TERM; echo up; while :; do sleep 0.1; done"));
    awaitThat(() -> Starter.tail(log(), 1).equals(List.of("up")));

    process.stop();

    assertThat(process.isAlive()).isFalse();
    assertThat(process.onExit().get(1, TimeUnit.SECONDS)).isEqualTo(137);
  }

  @Test
  void stoppingLetsAChildEndInOrder() throws Exception {
    GuardedProcess process =
        GuardedProcess.start(
            launch(10, "trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.1; done"));
    awaitThat(() -> Starter.tail(log(), 1).equals(List.of("up")));

    process.stop();

    assertThat(process.onExit().get(1, TimeUnit.SECONDS)).isEqualTo(5);
    assertThat(Starter.tail(log(), 1)).containsExactly("bye");
  }

  @Test
  void theEndOfAChildIsNoticedWithItsCodeAndItsWatcherGoesToo() throws Exception {
    GuardedProcess process = GuardedProcess.start(launch(10, "sleep 0.3; exit 7"));
    awaitThat(() -> ProcessHandle.of(process.pid()).orElseThrow().descendants().count() >= 2);
    List<ProcessHandle> watchers =
        ProcessHandle.of(process.pid()).orElseThrow().descendants().toList();

    assertThat(process.onExit().get(5, TimeUnit.SECONDS)).isEqualTo(7);

    awaitThat(() -> watchers.stream().noneMatch(ProcessHandle::isAlive));
  }

  private Launch launch(int graceSeconds, String script) {
    return new Launch(
        List.of("sh", "-c", script),
        java.util.Map.of(),
        folder,
        log(),
        Launch.StopSignal.TERM,
        graceSeconds);
  }

  private Path log() {
    return folder.resolve("log");
  }

  private static void awaitThat(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("20 s have passed").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /// A parent in a JVM of its own, to be killed.
  static final class Parent {
    public static void main(String[] args) throws IOException, InterruptedException {
      Path file = Path.of(args[0]);
      GuardedProcess child =
          GuardedProcess.start(
              Launch.of(List.of("sleep", "1000"), Path.of("/"), file.resolveSibling("log")));
      Path partial = file.resolveSibling("pid.tmp");
      Files.writeString(partial, Long.toString(child.pid()));
      Files.move(partial, file);
      Thread.sleep(Duration.ofMinutes(5));
    }
  }
}
