package dev.parley.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ComposeTest {

  private static final Set<String> SERVICES =
      Set.of(
          "identity-service", "command-service", "projection-service", "search-service", "ws-edge");
  private static final Set<String> ENGINES = Set.of("kafka", "postgres", "redis", "elasticsearch");

  /// Set by the image here, by the chart there; the one name that scaling must not share; and lines
  /// to other deciders, of which there are none here.
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "QUARKUS_HTTP_HOST",
          "QUARKUS_HTTP_PORT",
          "JAVA_OPTIONS",
          "PARLEY_NODE",
          "PARLEY_DECIDER_LIFELINE_HOST");

  private static JsonNode compose;
  private static List<JsonNode> chart;

  @BeforeAll
  static void read() throws IOException {
    compose = Yaml.file(Chart.ROOT.resolve("docker-compose.yml"));
    chart = Chart.render(Map.of());
  }

  @Test
  void itBringsWhatTheChartBrings() {
    var expected = new HashSet<>(SERVICES);
    expected.addAll(ENGINES);
    expected.add("gateway");

    assertThat(fieldNames(compose.path("services"))).isEqualTo(expected);
    assertThat(compose.path("name").asText()).isEqualTo("parley");
  }

  @Test
  void servicesAreToldTheSameAsInTheChart() {
    for (var name : SERVICES) {
      var here = fieldNames(service(name).path("environment"));
      var there = new HashSet<>(ChartTest.env(ChartTest.container(chart, name)).keySet());
      here.removeAll(NOT_COMPARED);
      there.removeAll(NOT_COMPARED);
      assertThat(here).as(name).isEqualTo(there);
    }
    assertThat(fieldNames(service("gateway").path("environment")))
        .isEqualTo(ChartTest.env(ChartTest.container(chart, "gateway")).keySet());
  }

  @Test
  void enginesAreOfTheSameVersionAsInTheChart() {
    for (var name : ENGINES) {
      assertThat(service(name).path("image").asText())
          .isEqualTo(ChartTest.container(chart, name).path("image").asText());
    }
  }

  @Test
  void nothingIsReachableFromElsewhere() {
    for (var service : compose.path("services").properties()) {
      for (var port : service.getValue().path("ports")) {
        assertThat(port.asText()).as(service.getKey()).startsWith("127.0.0.1:");
      }
      assertThat(service.getValue().has("network_mode")).as(service.getKey()).isFalse();
    }
  }

  @Test
  void everyContainerIsBoundedWatchedAndNobodysRoot() {
    for (var service : compose.path("services").properties()) {
      var name = service.getKey();
      var it = service.getValue();
      assertThat(it.path("mem_limit").asText()).as(name).matches("[0-9]+m");
      assertThat(it.at("/healthcheck/test").isArray()).as(name).isTrue();
      assertThat(it.path("user").asText()).as(name).isNotEmpty().doesNotStartWith("0");
      assertThat(it.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
    }
  }

  @Test
  void secretsHaveNoDefault() {
    var secrets =
        Set.of("PARLEY_MASTER_KEY", "PARLEY_INTERNAL_SECRET", "QUARKUS_DATASOURCE_PASSWORD");
    for (var name : SERVICES) {
      for (var variable : service(name).path("environment").properties()) {
        if (secrets.contains(variable.getKey())) {
          assertThat(variable.getValue().asText()).as(name).matches("\\$\\{PARLEY_\\w+:\\?.+}");
        }
      }
    }
  }

  @Test
  void everyNamedVolumeAndDependencyExists() {
    var services = fieldNames(compose.path("services"));
    var volumes = fieldNames(compose.path("volumes"));
    for (var service : compose.path("services")) {
      assertThat(services).containsAll(fieldNames(service.path("depends_on")));
      for (var volume : service.path("volumes")) {
        assertThat(volumes).contains(volume.asText().split(":", -1)[0]);
      }
    }
  }

  @Test
  void everyImageIsBuiltFromTheOneDockerfile() throws IOException {
    var dockerfile = java.nio.file.Files.readString(Chart.ROOT.resolve("Dockerfile"));
    for (var name : SERVICES) {
      assertThat(service(name).at("/build/args/SERVICE").asText()).isEqualTo(name);
      assertThat(dockerfile).contains(name);
    }
    assertThat(dockerfile).contains("AS service").contains("AS gateway").contains("USER 10001");
  }

  @Test
  void composeItselfTakesTheFileWhereItIsInstalled() throws Exception {
    assumeThat(run("docker", "compose", "version")).as("docker compose is here").isZero();
    assertThat(
            run(
                "docker",
                "compose",
                "-f",
                Chart.ROOT.resolve("docker-compose.yml").toString(),
                "config",
                "-q"))
        .isZero();
  }

  private static int run(String... command) throws InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .putAll(
            Map.of(
                "PARLEY_MASTER_KEY", "x",
                "PARLEY_INTERNAL_SECRET", "x",
                "PARLEY_POSTGRES_PASSWORD", "x"));
    try {
      var process = builder.start();
      return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException notInstalled) {
      return -1;
    }
  }

  private static JsonNode service(String name) {
    return compose.path("services").path(name);
  }

  private static Set<String> fieldNames(JsonNode object) {
    var names = new HashSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
