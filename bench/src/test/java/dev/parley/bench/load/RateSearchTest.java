package dev.parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateSearchTest {

  private final List<Integer> tried = new ArrayList<>();

  @Test
  void theRateIsRaisedUntilItDoesNotHoldAndTheRestIsHalvedThrice() throws Exception {
    assertThat(RateSearch.found(upTo(1_250))).isEqualTo(1_223);

    assertThat(tried).containsExactly(500, 700, 979, 1_370, 1_174, 1_272, 1_223);
  }

  @Test
  void theRateIsLoweredUntilItHoldsWhereTheFirstDoesNot() throws Exception {
    assertThat(RateSearch.found(upTo(200))).isEqualTo(187);

    assertThat(tried).containsExactly(500, 250, 125, 187, 218, 202);
  }

  @Test
  void whereNothingAboveTheLeastHoldsTheLeastIsLeftToTheRounds() throws Exception {
    assertThat(RateSearch.found(upTo(0))).isEqualTo(RateSearch.LEAST);
  }

  @Test
  void aSearchEndsWhereEverythingHolds() throws Exception {
    assertThat(RateSearch.found(upTo(Integer.MAX_VALUE))).isBetween(100_000, 140_000);
  }

  @Test
  void whatWasFoundByLuckIsLoweredUntilItHolds() throws Exception {
    assertThat(RateSearch.confirmed(1_000, upTo(920))).hasValue(900);

    assertThat(tried).containsExactly(1_000, 900);
  }

  @Test
  void theLeastIsTriedLastAndNotTakenForHeldUntilItHolds() throws Exception {
    assertThat(RateSearch.confirmed(51, upTo(RateSearch.LEAST))).hasValue(RateSearch.LEAST);
    assertThat(RateSearch.confirmed(51, upTo(RateSearch.LEAST - 1))).isEmpty();

    assertThat(tried).containsExactly(51, RateSearch.LEAST, 51, RateSearch.LEAST);
  }

  private RateSearch.Attempt upTo(int limit) {
    return rate -> {
      tried.add(rate);
      return rate <= limit;
    };
  }
}
