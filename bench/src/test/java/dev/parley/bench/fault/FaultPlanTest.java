package dev.parley.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  private static final int MANY = 500;

  @Test
  void theSameSeedGivesTheSameFaults() {
    assertThat(faults(7, FaultKind.read("all"))).isEqualTo(faults(7, FaultKind.read("all")));
    assertThat(faults(7, FaultKind.read("all"))).isNotEqualTo(faults(8, FaultKind.read("all")));
  }

  @Test
  void everyFaultComesOnceBeforeOneComesAgain() {
    var first = faults(1, FaultKind.read("kill")).subList(0, Part.values().length);

    assertThat(first.stream().map(fault -> ((Fault.Kill) fault).part()).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(Part.class));
  }

  @Test
  void aPairIsOfTwoParts() {
    assertThat(faults(3, FaultKind.read("pairs")))
        .allSatisfy(fault -> {
          var pair = (Fault.Pair) fault;
          assertThat(pair.one()).isNotEqualTo(pair.other());
        });
  }

  @Test
  void nothingLastsLongerThanItMay() {
    assertThat(faults(5, FaultKind.read("stop")))
        .allSatisfy(fault ->
            assertThat(((Fault.Freeze) fault).length())
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4)));
  }

  @Test
  void anUnknownKindIsToldWithThoseThatThereAre() {
    assertThatThrownBy(() -> FaultKind.read("kill,fire"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fire")
        .hasMessageContaining("rolling");
  }

  @Test
  void onlyThePartsThatAreAskedForAreHarmed() {
    assertThat(faults(9, FaultKind.read("kill"), Part.read("decider,kafka")))
        .extracting(fault -> ((Fault.Kill) fault).part())
        .containsOnly(Part.DECIDER, Part.KAFKA);
    assertThatThrownBy(() -> new FaultSettings(9, FaultKind.read("pairs"), Part.read("edge"), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Part.read("decider,moon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("moon")
        .hasMessageContaining("elasticsearch");
  }

  private static List<Fault> faults(long seed, Set<FaultKind> kinds) {
    return faults(seed, kinds, Part.read("all"));
  }

  private static List<Fault> faults(long seed, Set<FaultKind> kinds, Set<Part> parts) {
    var plan = new FaultPlan(seed, kinds, parts, 4);
    return IntStream.range(0, MANY).mapToObj(_ -> plan.next()).toList();
  }
}
