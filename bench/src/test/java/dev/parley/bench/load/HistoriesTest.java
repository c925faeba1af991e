package dev.parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.client.Account;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HistoriesTest {

  private static final Histories.Volume LONG = volume(90);
  private static final Histories.Volume EMPTY = volume(0);
  private static final Histories.Volume SHORT = volume(10);

  @Test
  void windowsEndAnywhereInWhatWasEverSaid() {
    var histories = new Histories(List.of(LONG, EMPTY, SHORT));
    var random = new SplittableRandom(3);
    var ends = new TreeSet<Long>();
    int inTheLong = 0;

    for (int i = 0; i < 10_000; i++) {
      var window = histories.window(random);
      assertThat(window.before()).isBetween(2L, window.of().head() + 1);
      if (window.of().equals(LONG)) {
        ends.add(window.before());
        inTheLong++;
      }
    }

    assertThat(ends).hasSize(90);
    assertThat(inTheLong).as("in proportion to its events").isBetween(8_700, 9_300);
    assertThat(histories.events()).isEqualTo(100);
    assertThat(histories.conversations()).isEqualTo(2);
  }

  @Test
  void withoutAnythingSaidThereIsNothingToPage() {
    assertThatThrownBy(() -> new Histories(List.of(EMPTY)))
        .hasMessageContaining("something in them");
  }

  private static Histories.Volume volume(long head) {
    return new Histories.Volume(new Account(Ids.uuid7(), "ada", "ada"), Ids.uuid7(), head);
  }
}
