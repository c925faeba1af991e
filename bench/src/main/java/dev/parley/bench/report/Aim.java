package dev.parley.bench.report;

import java.util.Locale;

/// What a figure should be. It is printed beside the figure and never asserted: a slow machine is
/// no bug.
public record Aim(Bound bound, double value) {

  /// On which side of the value the figure should be.
  public enum Bound {
    AT_MOST,
    AT_LEAST
  }

  public static Aim atMost(double value) {
    return new Aim(Bound.AT_MOST, value);
  }

  public static Aim atLeast(double value) {
    return new Aim(Bound.AT_LEAST, value);
  }

  boolean isMetBy(double figure) {
    return switch (bound) {
      case AT_MOST -> figure <= value;
      case AT_LEAST -> figure >= value;
    };
  }

  @Override
  public String toString() {
    var side = bound.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return side + " " + Figure.number(value);
  }
}
