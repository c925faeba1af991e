package dev.parley.bench.load;

import java.util.OptionalInt;

/// Looks for the highest rate that holds: up in strides until one does not, or down until one does;
/// then the rest is halved, then what was found must hold for longer. What holding means is up to
/// the caller.
final class RateSearch {

  /// Below it nothing is looked for: what does not hold it holds nothing worth a figure.
  static final int LEAST = 50;

  /// Where the search begins.
  static final int FIRST = 500;

  private static final int MOST = 100_000;
  private static final double GROWTH = 1.4;
  private static final int HALVINGS = 3;
  private static final double LOWER = 0.9;

  /// Tries one rate.
  interface Attempt {
    boolean holds(int rate) throws InterruptedException;
  }

  private RateSearch() {}

  /// The highest rate at which a short attempt held; [#LEAST], untried, where none above it did.
  static int found(Attempt step) throws InterruptedException {
    int held = FIRST;
    int over = FIRST;
    while (held > LEAST && !step.holds(held)) {
      over = held;
      held = Math.max(LEAST, held / 2);
    }
    if (held == FIRST) {
      over = (int) (held * GROWTH);
      while (step.holds(over)) {
        held = over;
        if (held >= MOST) {
          return held;
        }
        over = (int) (held * GROWTH);
      }
    }
    for (int i = 0; i < HALVINGS; i++) {
      int middle = (held + over) / 2;
      if (step.holds(middle)) {
        held = middle;
      } else {
        over = middle;
      }
    }
    return held;
  }

  /// The highest rate from the found one downwards at which a long attempt holds, too: a step may
  /// hold by luck.
  ///
  /// @return empty: not even [#LEAST] holds
  static OptionalInt confirmed(int found, Attempt rounds) throws InterruptedException {
    for (int rate = found; ; rate = Math.max(LEAST, (int) (rate * LOWER))) {
      if (rounds.holds(rate)) {
        return OptionalInt.of(rate);
      }
      if (rate == LEAST) {
        return OptionalInt.empty();
      }
    }
  }
}
