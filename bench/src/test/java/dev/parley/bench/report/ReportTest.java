package dev.parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  @TempDir private Path folder;

  @Test
  void aFigureIsWrittenWithAimLimitRatioAndVerdictAndAPictureBesideIt() throws Exception {
    var file = folder.resolve("deeper/run.json");

    report("first").write(file);
    report("second").write(file);

    var json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.at("/rows/0/name").asText()).isEqualTo("second");
    var figure = json.at("/rows/0/figures/0");
    assertThat(figure.path("median").asDouble()).isEqualTo(3);
    assertThat(figure.path("limit").asDouble()).isEqualTo(2);
    assertThat(figure.path("ratio").asDouble()).isEqualTo(1.5);
    assertThat(figure.at("/aim/value").asDouble()).isEqualTo(4);
    assertThat(figure.path("verdict").asText()).isEqualTo("met");
    assertThat(Report.plot(file)).content().contains("second");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(file, Report.plot(file));
    }
  }

  private static Report report(String name) {
    var figure = Figure.of("p99", "ms", 3).beside(2).aiming(Aim.atMost(4));
    var row = new Row(name, Map.of(), List.of(), Map.of(), List.of(figure), List.of());
    return new Report("now", "bench", Machine.here(), List.of(row));
  }
}
