package dev.parley.stack.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.stack.process.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

  @TempDir Path data;

  @Test
  void everyUnitHasANameAndAPortOfItsOwnAndWaitsForUnitsThatExist() {
    List<Step> steps = plan(new Options(data, 100, 3, 2, Set.of())).steps();

    assertThat(steps).extracting(step -> step.unit().name()).doesNotHaveDuplicates();
    assertThat(steps).extracting(step -> step.unit().port()).doesNotHaveDuplicates();
    Set<String> names = new HashSet<>(steps.stream().map(step -> step.unit().name()).toList());
    assertThat(names).contains("ws-edge-3", "command-service-2", "gateway");
    assertThat(steps).allSatisfy(step -> assertThat(names).containsAll(step.after()));
  }

  @Test
  void edgesStopFirstAndEnginesLast() {
    List<Step> steps = plan(new Options(data, 0, 1, 1, Set.of())).steps();

    assertThat(wave(steps, "ws-edge-1")).isLessThan(wave(steps, "gateway"));
    assertThat(wave(steps, "gateway")).isLessThan(wave(steps, "identity-service"));
    assertThat(wave(steps, "command-service-1")).isLessThan(wave(steps, "kafka"));
  }

  @Test
  void twoStacksWithDifferentOffsetsShareNoPort() {
    Set<Integer> first = plan(new Options(data, 0, 9, 9, Set.of())).portsNeeded().keySet();
    Set<Integer> second = plan(new Options(data, 1000, 9, 9, Set.of())).portsNeeded().keySet();

    assertThat(first).doesNotContainAnyElementsOf(second);
  }

  @Test
  void onlyWhatIsWantedIsPlanned() {
    List<Step> steps = plan(new Options(data, 0, 1, 1, Set.of("redis", "ws-edge"))).steps();

    assertThat(steps).extracting(step -> step.unit().name()).containsExactly("redis", "ws-edge-1");
  }

  @Test
  void whenTheStackLearnsEachProgramWritesWhatItLearntAndIsLeftTheTimeForIt() {
    System.setProperty("parley.training", "true");
    try {
      var launches =
          plan(new Options(data, 0, 1, 1, Set.of("identity", "ws", "command"))).steps().stream()
              .map(step -> step.unit().launch())
              .toList();

      assertThat(launches).extracting(PlanTest::cacheWritten).doesNotHaveDuplicates().hasSize(3);
      assertThat(launches).allMatch(launch -> launch.graceSeconds() >= 300);
    } finally {
      System.clearProperty("parley.training");
    }
  }

  private static String cacheWritten(Launch launch) {
    return launch.command().stream()
        .filter(argument -> argument.startsWith("-XX:AOTCacheOutput="))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withTlsNoAddressIsInTheClearAndEachServiceIsSomebody() {
    var plan = plan(new Options(data, 0, 2, 1, Set.of(), Options.Lines.TLS));
    var services =
        plan.steps().stream()
            .map(Step::unit)
            .filter(ServiceUnit.class::isInstance)
            .map(ServiceUnit.class::cast)
            .toList();

    assertThat(plan.url()).startsWith("https://");
    assertThat(services)
        .hasSize(6)
        .allSatisfy(service -> {
          assertThat(service.environment().values())
              .noneMatch(value -> value.startsWith("http://"));
          assertThat(service.environment())
              .containsEntry("PARLEY_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL")
              .containsEntry(
                  "PARLEY_TLS_KEY", data.resolve("tls/" + service.module() + ".key").toString());
          assertThat(service.environment().get("QUARKUS_REDIS_HOSTS")).startsWith("rediss://");
          assertThat(service.environment().get("QUARKUS_DATASOURCE_REACTIVE_URL"))
              .endsWith("?sslmode=verify-full");
        });
    assertThat(plan.steps()).extracting(step -> step.unit().port()).doesNotHaveDuplicates();
  }

  @Test
  void optionsOutOfRangeAreRefusedInOneSentence() {
    assertThatThrownBy(() -> new Options(data, 0, 0, 1, Set.of()))
        .hasMessage("--edges takes 1 to 9, but got 0");
  }

  @Test
  void secretsAreMadeOnceAndForTheirOwnerOnly() throws Exception {
    Secrets first = Secrets.ofFolder(data.resolve("secrets"));

    assertThat(Secrets.ofFolder(data.resolve("secrets"))).isEqualTo(first);
    assertThat(first.masterKey()).isNotEqualTo(first.internal());
    Path file = data.resolve("secrets/master-key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(first.toString()).doesNotContain(first.masterKey());
  }

  private Plan plan(Options options) {
    return new Plan(options, new Folders(data), new Secrets("m", "i", "o"));
  }

  private static int wave(List<Step> steps, String name) {
    return steps.stream()
        .filter(step -> step.unit().name().equals(name))
        .mapToInt(Step::wave)
        .findFirst()
        .orElseThrow();
  }
}
