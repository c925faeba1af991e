package dev.parley.bench.load;

import dev.parley.bench.cost.StackProcesses;
import dev.parley.bench.cost.Usage;
import dev.parley.bench.report.Aim;
import dev.parley.bench.report.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// Figures of rounds.
final class Figures {

  private Figures() {}

  static Figure of(String name, String unit, List<Round> rounds, ToDoubleFunction<Round> figure) {
    return Figure.of(name, unit, rounds.stream().mapToDouble(figure).boxed().toList());
  }

  /// Processor time per message: of the whole stack, then of each process, the dearest first, the
  /// generator last. None where it was not counted.
  static List<Figure> costPerMessage(List<Round> rounds, Aim aim) {
    var costs = rounds.stream().map(Round::cost).filter(Objects::nonNull).toList();
    if (costs.size() < rounds.size()) {
      return List.of();
    }
    var figures = new ArrayList<Figure>();
    figures.add(perMessage("CPU per message, all processes", rounds, Usage::ofStack).aiming(aim));
    costs.getFirst().micros().keySet().stream()
        .filter(name -> !name.equals(StackProcesses.GENERATOR))
        .map(name -> perMessage("  " + name, rounds, cost -> cost.micros().getOrDefault(name, 0L)))
        .sorted(Comparator.comparingDouble(Figure::median).reversed())
        .forEach(figures::add);
    figures.add(
        perMessage(
            "  (the generator, not among them)",
            rounds,
            cost -> cost.micros().getOrDefault(StackProcesses.GENERATOR, 0L)));
    return figures;
  }

  private static Figure perMessage(
      String name, List<Round> rounds, ToDoubleFunction<Usage> micros) {
    return of(
        name,
        "us",
        rounds,
        round -> micros.applyAsDouble(Objects.requireNonNull(round.cost())) / round.sent());
  }
}
