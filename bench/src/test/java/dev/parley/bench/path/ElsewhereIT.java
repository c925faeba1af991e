package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./parley check` and `./parley bench` of a deployment that is known by its addresses alone: the
/// folder of this one's data is not told.
class ElsewhereIT {

  private static final RunningStack STACK = RunningStack.here();

  @TempDir Path folder;

  @Test
  void aCheckFindsNothingWrong() throws Exception {
    var out = folder.resolve("check");

    var code =
        run(
            "check",
            "--clients",
            "6",
            "--conversations",
            "3",
            "--rate",
            "40",
            "--duration",
            "3",
            "--kafka",
            STACK.kafka(),
            "--out",
            out.toString());

    assertThat(code).isZero();
    var verdict = Json.MAPPER.readTree(out.resolve("verdict.json").toFile());
    assertThat(verdict.at("/counts/answered").asLong()).isPositive();
    assertThat(verdict.path("clean").asBoolean()).isTrue();
  }

  @Test
  void faultsAreRefused() throws Exception {
    assertThat(run("check", "--kafka", STACK.kafka(), "--faults", "kill")).isEqualTo(2);
  }

  @Test
  void aBenchMeasuresWhatIsSeenFromOutside() throws Exception {
    var out = folder.resolve("bench.json");

    assertThat(run("bench", "--rows", "idle", "--repetitions", "1", "--out", out.toString()))
        .isZero();

    assertThat(out).isNotEmptyFile();
  }

  private static int run(String command, String... flags) throws Exception {
    var words = new ArrayList<>(List.of(command, "--url", STACK.origin().toString(), "--edges"));
    words.add(STACK.edges().stream().map(URI::toString).collect(Collectors.joining(",")));
    words.addAll(List.of(flags));
    return CommandLine.run(STACK.home(), words);
  }
}
