package dev.parley.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackProcessesTest {

  @TempDir private Path data;

  @Test
  void aProcessCountsWithItsChildren() throws Exception {
    assumeThat(Path.of("/proc/self/stat")).exists();
    // The shell waits for its child, whose time is its own then.
    var busy =
        new ProcessBuilder(
                "sh", "-c", "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; sleep 60")
            .start();
    try {
      Files.createDirectories(data.resolve("run"));
      Files.writeString(
          data.resolve("run/state"),
          "1\thead\nkafka\tRUNNING\t%d\t1\t\t0\t\nredis\tDOWN\t0\t1\t\t0\t\n"
              .formatted(busy.pid()));
      var processes = StackProcesses.in(data.toString()).orElseThrow();
      var before = processes.usage();
      while (processes.usage().since(before).of("kafka") < 50_000) {
        assertThat(busy.isAlive()).isTrue();
        Thread.sleep(20);
      }

      assertThat(processes.usage().micros()).containsOnlyKeys("kafka", StackProcesses.GENERATOR);
      assertThat(processes.pid("kafka")).hasValue(busy.pid());
      assertThat(StackProcesses.resident(busy.pid())).isPositive();
    } finally {
      busy.descendants().forEach(ProcessHandle::destroyForcibly);
      busy.destroyForcibly();
    }
  }

  @Test
  void theLiveHeapIsReadWhateverTheCollectorIsCalled() throws Exception {
    assumeThat(Path.of("/proc/self/stat")).exists();
    long own = ProcessHandle.current().pid();
    var held = new byte[64 << 20];

    var memory = StackProcesses.memoryAfterCollection(own);

    assertThat(memory.heap()).isGreaterThan(held.length).isLessThan(memory.resident());
  }

  @Test
  void memoryThatCannotBeReadIsASentenceAndNoFigure() throws Exception {
    assumeThat(Path.of("/proc/self/stat")).exists();
    var noJava = new ProcessBuilder("sleep", "60").start();
    try {
      assertThatThrownBy(() -> StackProcesses.memoryAfterCollection(noJava.pid()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The memory of process " + noJava.pid() + " cannot be read");
    } finally {
      noJava.destroyForcibly();
    }
    assertThatThrownBy(() -> StackProcesses.heapUsed(7, "a heap of a kind to come"))
        .hasMessageContaining("a heap of a kind to come");
  }

  @Test
  void elsewhereNothingIsCounted() {
    assertThat(StackProcesses.in("")).isEmpty();
    assertThat(StackProcesses.in(data.toString())).isEmpty();
  }

  @Test
  void theGeneratorIsNoPartOfTheStack() {
    var used =
        new Usage(Map.of("ws-edge-1", 5L, "ws-edge-2", 7L, StackProcesses.GENERATOR, 100L))
            .since(new Usage(Map.of("ws-edge-1", 2L, "ws-edge-2", 9L)));

    assertThat(used.of("ws-edge")).as("the second one was started anew").isEqualTo(10);
    assertThat(used.ofStack()).isEqualTo(10);
  }
}
