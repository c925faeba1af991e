package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.report.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchTest {

  @Test
  void eachRowIsKeptWhenItIsThereAndOneThatFailsTakesNoOtherWithIt() throws Exception {
    var kept = new ArrayList<List<String>>();

    var rows =
        Bench.rows(
            EnumSet.of(RowKind.IDLE, RowKind.LOAD, RowKind.HIGHEST),
            BenchTest::measured,
            soFar -> kept.add(soFar.stream().map(Row::name).toList()));

    assertThat(kept)
        .containsExactly(
            List.of("idle"), List.of("idle", "load"), List.of("idle", "load", "highest"));
    assertThat(rows.get(1).faults()).containsExactly("it could not be measured: no such engine");
    assertThat(rows.get(2).faults()).isEmpty();
  }

  private static Row measured(RowKind kind) {
    if (kind == RowKind.LOAD) {
      throw new IllegalStateException("no such engine");
    }
    return new Row(kind.flag(), Map.of(), List.of(), Map.of(), List.of());
  }
}
