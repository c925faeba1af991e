package dev.parley.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// On a process that does nothing, with a supervisor's state written by hand.
@Timeout(30)
class HarmTest {

  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  @TempDir private Path data;
  private Process victim;

  @BeforeEach
  void start() throws IOException {
    victim = sleeper();
    write(victim);
  }

  @AfterEach
  void end() {
    victim.destroyForcibly();
  }

  @Test
  void aKilledProcessIsGoneAndItsReplacementIsWaitedFor() throws Exception {
    try (var harm = harm()) {
      var wound = harm.strike(new Fault.Kill(Part.DECIDER, 5));
      assertThat(victim.waitFor(5, TimeUnit.SECONDS)).isTrue();

      var another = sleeper();
      try {
        write(another);
        wound.heal();
      } finally {
        another.destroyForcibly();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFrozenProcessStandsStillForItsTimeAndGoesOn() throws Exception {
    try (var harm = harm()) {
      long from = System.nanoTime();
      var wound = harm.strike(new Fault.Freeze(Part.DECIDER, 0, Duration.ofSeconds(1)));
      assertThat(state()).isEqualTo('T');

      wound.heal();

      assertThat(state()).isNotEqualTo('T');
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(999));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsFrozenIsLetGoWhenTheRunEndsEarly() throws Exception {
    try (var harm = harm()) {
      var unused = harm.strike(new Fault.Freeze(Part.DECIDER, 0, Duration.ofHours(1)));
    }

    assertThat(state()).isNotEqualTo('T');
    assertThat(victim.isAlive()).isTrue();
  }

  private Harm harm() throws IOException {
    return new Harm(new Deployment(data, NOWHERE, NOWHERE), BadNetwork.before(List.of()));
  }

  private static Process sleeper() throws IOException {
    return new ProcessBuilder("sleep", "60").start();
  }

  private void write(Process process) throws IOException {
    Files.createDirectories(data.resolve("run"));
    Files.writeString(
        data.resolve("run/state"),
        "head\ncommand-service-1\tRUNNING\t" + process.pid() + "\t8111\tsince\t0\t\n");
  }

  private char state() throws IOException, InterruptedException {
    // A signal is taken a moment after it was sent.
    Thread.sleep(50);
    var stat = Files.readString(Path.of("/proc/" + victim.pid() + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }
}
