package dev.parley.edge.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rates.Taken;
import dev.parley.schemas.id.Ids;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PurseTest {

  private static final int LOT = 20;

  private final List<Asked> asked = new ArrayList<>();
  private final Deque<CompletableFuture<Taken>> waiting = new ArrayDeque<>();
  private long nowMillis = 1_000;
  private final Purse purse =
      new Purses(
              (_, least, most) -> {
                asked.add(new Asked(least, most));
                var answer = new CompletableFuture<Taken>();
                waiting.add(answer);
                return answer;
              },
              LOT,
              () -> nowMillis)
          .purse(Ids.uuid7());

  private record Asked(int least, int most) {}

  @Test
  void oneLotIsAskedForAndNoFrameWaitsForIt() {
    assertThat(refusedOf(5)).isZero();

    assertThat(asked).containsExactly(new Asked(1, 1 + LOT));
  }

  @Test
  void theNextLotIsAskedForWhenTheLastTokenIsTaken() {
    purse.take();
    answer(new Taken.Granted(1 + LOT));

    assertThat(refusedOf(LOT - 1)).isZero();
    assertThat(asked).hasSize(1);
    assertThat(refusedOf(1)).isZero();
    assertThat(asked).hasSize(2).last().isEqualTo(new Asked(1, LOT));
  }

  @Test
  void whatPassedOnCreditIsPaidByTheNextLot() {
    refusedOf(8);
    answer(new Taken.Granted(1));

    purse.take();

    assertThat(asked).last().isEqualTo(new Asked(8, 8 + LOT));
  }

  @Test
  void whoIsRefusedWaitsAsLongAsTheBucketSaysAndIsThenLetThrough() {
    purse.take();
    answer(new Taken.Refused(700));

    assertThat(purse.take()).isEqualTo(700);
    nowMillis += 699;
    assertThat(purse.take()).isEqualTo(1);
    nowMillis += 1;
    assertThat(purse.take()).isZero();
    assertThat(asked).last().isEqualTo(new Asked(2, 2 + LOT));
  }

  @Test
  void withoutRedisNobodyIsHeldBackAndNothingIsOwed() {
    refusedOf(100);
    answer(new Taken.Open());

    assertThat(refusedOf(1_000)).isZero();
    answer(new Taken.Open());
    assertThat(refusedOf(LOT)).isZero();
    assertThat(asked).last().isEqualTo(new Asked(1, LOT));
  }

  private long refusedOf(int frames) {
    return IntStream.range(0, frames).filter(_ -> purse.take() > 0).count();
  }

  private void answer(Taken taken) {
    waiting.remove().complete(taken);
  }
}
