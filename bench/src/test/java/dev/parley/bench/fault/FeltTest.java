package dev.parley.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeltTest {

  @Test
  void aKilledDeciderIsHeldToTheNextAnswer() {
    var fault = new Fault.Kill(Part.DECIDER, 0);

    assertThat(new Felt(fault, 9_000, 3_000, 3_100, 0, 90_000, 0, 10).met()).isTrue();
    assertThat(new Felt(fault, 9_000, 3_001, 3_100, 0, 0, 0, 10).met()).isFalse();
  }

  @Test
  void aBrokerIsHeldToTheTimeAfterItsReturn() {
    var fault = new Fault.Freeze(Part.KAFKA, 0, Duration.ofSeconds(20));

    assertThat(new Felt(fault, 20_000, 25_000, 25_000, 0, 0, 0, 0).met()).isTrue();
    assertThat(new Felt(fault, 20_000, 25_001, 25_001, 0, 0, 0, 0).met()).isFalse();
  }

  @Test
  void anEngineBehindAViewMayBeMissedByTheViewAlone() {
    var fault = new Fault.Kill(Part.ELASTICSEARCH, 0);

    assertThat(new Felt(fault, 8_000, 100, 100, 0, 100, 10_000, 5_000).met()).isTrue();
    assertThat(new Felt(fault, 8_000, 100, 100, 0, 100, 10_001, 5_000).met()).isFalse();
    assertThat(new Felt(fault, 8_000, 100, 100, 0, 100, 19_000, 100_001).met()).isTrue();
    assertThat(new Felt(fault, 8_000, 8_000, 8_000, 0, 100, 100, 5_000).met()).isFalse();
  }

  @Test
  void theTableHasALineForEachSortOfFault() {
    var report =
        new FaultReport(
            List.of(
                new Felt(new Fault.Kill(Part.DECIDER, 0), 9_000, 2_000, 2_000, 0, 0, 0, 10),
                new Felt(new Fault.Kill(Part.DECIDER, 3), 9_000, 4_000, 4_000, 0, 0, 0, 10),
                new Felt(new Fault.Cut(), 0, 700, 700, 650, 0, 0, 10)),
            List.of());

    assertThat(report.table())
        .contains("| kill command-service | 2 | 9.0 / 9.0 | 4.0 / 4.0 |")
        .contains("MISSED 1 of 2")
        .contains("| cut connections | 1 |");
  }
}
