package dev.parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

  @Test
  void theMedianOfItsRoundsIsHeldAgainstTheAim() {
    var figure = Figure.of("p99", "ms", List.of(90.0, 10.0, 20.0));

    assertThat(figure.median()).isEqualTo(20);
    assertThat(figure.aiming(Aim.atMost(20)).verdict()).isEqualTo("met");
    assertThat(figure.aiming(Aim.atMost(19)).verdict()).isEqualTo("MISSED");
    assertThat(figure.aiming(Aim.atLeast(21)).verdict()).isEqualTo("MISSED");
    assertThat(figure.verdict()).isEmpty();
  }

  @Test
  void anEvenNumberOfRoundsHasTheMiddleOfItsTwo() {
    assertThat(Figure.of("p99", "ms", List.of(1.0, 4.0)).median()).isEqualTo(2.5);
  }

  @Test
  void besideALimitOfNothingThereIsNoRatio() {
    assertThat(Figure.of("p99", "ms", 1).beside(0).ratio()).isNull();
    assertThat(Figure.of("p99", "ms", 1).ratio()).isNull();
    assertThat(Figure.of("p99", "ms", 1).beside(0).toString()).endsWith("raw 0.00");
  }

  @Test
  void theLineTellsSpreadLimitAndVerdict() {
    var figure = Figure.of("p99", "ms", List.of(1.0, 2.0, 4.0)).beside(0.5).aiming(Aim.atMost(3));

    assertThat(figure.toString())
        .contains("2.00 ms")
        .contains("(1.00 to 4.00, 3 rounds)")
        .contains("raw 0.50, x 4.00, aim at most 3.00: met");
  }
}
