package dev.parley.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One number of a row: the median of its rounds with their spread, beside what it should be and
/// beside what raw tools reach on the same machine.
///
/// @param rounds one value each, at least one
/// @param aim null: none was set
/// @param limit of raw tools, in the same unit; null: there is none to compare with
public record Figure(
    String name, String unit, List<Double> rounds, @Nullable Aim aim, @Nullable Double limit) {

  private static final double FEW = 100;

  public Figure {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("Expected a round of " + name);
    }
  }

  public static Figure of(String name, String unit, List<Double> rounds) {
    return new Figure(name, unit, rounds, null, null);
  }

  public static Figure of(String name, String unit, double value) {
    return of(name, unit, List.of(value));
  }

  public Figure aiming(Aim at) {
    return new Figure(name, unit, rounds, at, limit);
  }

  public Figure beside(double raw) {
    return new Figure(name, unit, rounds, aim, raw);
  }

  @JsonProperty("median")
  public double median() {
    var sorted = rounds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// In times of what raw tools reach; null where there is none to compare with.
  @JsonProperty("ratio")
  public @Nullable Double ratio() {
    return limit == null || limit == 0 ? null : median() / limit;
  }

  /// `met`, `MISSED`, or nothing where nothing is aimed at.
  @JsonProperty("verdict")
  public String verdict() {
    if (aim == null) {
      return "";
    }
    return aim.isMetBy(median()) ? "met" : "MISSED";
  }

  @Override
  public String toString() {
    var text = new StringBuilder("%12s %-9s".formatted(number(median()), unit));
    var spread = rounds.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    text.append(
        "%-26s"
            .formatted(
                rounds.size() == 1
                    ? ""
                    : "(%s to %s, %d rounds)"
                        .formatted(
                            number(spread.getMin()), number(spread.getMax()), rounds.size())));
    return text.append(' ').append(comparison()).toString().stripTrailing();
  }

  /// Limit, ratio, aim and verdict, as far as there are any.
  String comparison() {
    var parts = new ArrayList<String>();
    if (limit != null) {
      var times = ratio();
      parts.add("raw " + number(limit) + (times == null ? "" : ", x " + number(times)));
    }
    if (aim != null) {
      parts.add("aim " + aim + ": " + verdict());
    }
    return String.join(", ", parts);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < FEW ? "%,.2f" : "%,.0f", value);
  }
}
