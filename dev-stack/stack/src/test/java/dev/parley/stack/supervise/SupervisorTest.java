package dev.parley.stack.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.stack.command.Parley;
import dev.parley.stack.plan.Folders;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A supervisor in a process of its own, with the one engine that starts in no time.
class SupervisorTest {

  private static final int REDIS = 16379;
  private static final int OFFSET_MAX = 40_000;

  @TempDir Path data;

  private Process supervisor;
  private int offset;

  @BeforeEach
  void start() throws IOException {
    do {
      offset = Ports.free() - REDIS;
    } while (offset < 0 || offset > OFFSET_MAX);
    supervisor = parley("supervise");
    awaitThat(
        () -> redis().map(UnitState::phase).filter(UnitState.Phase.RUNNING::equals).isPresent());
  }

  @AfterEach
  void stop() throws InterruptedException {
    supervisor.destroy();
    if (!supervisor.waitFor(20, TimeUnit.SECONDS)) {
      supervisor.destroyForcibly();
    }
  }

  @Test
  void aKilledEngineIsNoticedAndStartedAgain() {
    long first = redis().orElseThrow().pid();

    ProcessHandle.of(first).orElseThrow().destroyForcibly();

    awaitThat(() ->
        redis()
            .filter(state -> state.restarts() == 1)
            .filter(state -> state.phase() == UnitState.Phase.RUNNING)
            .isPresent());
    assertThat(redis().orElseThrow().pid()).isNotEqualTo(first);
  }

  @Test
  void nothingOutlivesAKilledSupervisor() {
    ProcessHandle engine = ProcessHandle.of(redis().orElseThrow().pid()).orElseThrow();

    supervisor.destroyForcibly();

    awaitThat(() -> !engine.isAlive());
  }

  @Test
  void statusTellsTheTruthAndDownEndsEverything() throws Exception {
    ProcessHandle engine = ProcessHandle.of(redis().orElseThrow().pid()).orElseThrow();

    assertThat(exitCode("status")).isZero();
    assertThat(exitCode("down")).isZero();

    assertThat(engine.isAlive()).isFalse();
    assertThat(supervisor.isAlive()).isFalse();
    assertThat(exitCode("status")).isEqualTo(1);
  }

  @Test
  void aStackWhosePortIsTakenIsNotStartedAndTheSentenceNamesWhoHasIt() throws Exception {
    Path other = data.resolve("other");
    Process up = new ProcessBuilder(command("up", other)).redirectErrorStream(true).start();
    String said =
        new String(up.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(up.waitFor()).isEqualTo(1);
    assertThat(said)
        .contains("Port " + (REDIS + offset) + ", needed for redis, is taken by")
        .contains("pid " + redis().orElseThrow().pid())
        .contains("--offset")
        .doesNotContain("\tat ");
  }

  private Optional<UnitState> redis() {
    try {
      return StackState.read(new Folders(data).state(), data)
          .flatMap(state -> state.units().stream().findFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int exitCode(String word) throws IOException, InterruptedException {
    return parley(word).waitFor();
  }

  private Process parley(String word) throws IOException {
    return new ProcessBuilder(command(word, data))
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(Files.createDirectories(data).resolve("out").toFile()))
        .start();
  }

  private String[] command(String word, Path folder) {
    return new String[] {
      JavaCommand.executable(),
      "-XX:TieredStopAtLevel=1",
      "-Dparley.root=" + System.getProperty("parley.root"),
      "-cp",
      System.getProperty("java.class.path"),
      Parley.class.getName(),
      word,
      "--data",
      folder.toString(),
      "--offset",
      Integer.toString(offset),
      "--only",
      "redis"
    };
  }

  private static void awaitThat(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("60 s have passed").isLessThan(deadline);
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
