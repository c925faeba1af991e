package dev.parley.stack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendsTest {

  private final Backends backends = new Backends(Map.of(Target.EDGE, List.of(1, 2, 3)));

  @Test
  void nodesTakeTurns() {
    List<Integer> first = backends.inTurn(Target.EDGE, 0);
    List<Integer> second = backends.inTurn(Target.EDGE, 0);

    assertThat(first).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(second.getFirst()).isEqualTo(first.get(1));
  }

  @Test
  void anUnreachableNodeIsTriedLastForAWhileOnly() {
    backends.unreachable(2, 0);

    for (int i = 0; i < 3; i++) {
      assertThat(backends.inTurn(Target.EDGE, 1_000_000_000L).getLast()).isEqualTo(2);
    }
    assertThat(
            List.of(
                backends.inTurn(Target.EDGE, 3_000_000_000L).getFirst(),
                backends.inTurn(Target.EDGE, 3_000_000_000L).getFirst(),
                backends.inTurn(Target.EDGE, 3_000_000_000L).getFirst()))
        .contains(2);
  }

  @Test
  void aTargetWithoutNodesHasNobodyToTry() {
    assertThat(backends.inTurn(Target.SEARCH, 0)).isEmpty();
  }
}
