package dev.parley.bench.identity;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/// What one call of something costs on one thread, in nanoseconds of the processor: what else the
/// machine does meanwhile does not count.
///
/// @param median of the rounds' means
/// @param least the quickest round
/// @param most the slowest round
/// @param aimNanos what it should stay below
public record Cost(String name, long median, long least, long most, long aimNanos) {

  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 9;
  private static final double NANOS_PER_MICRO = 1_000;

  /// @param warmUp calls before counting
  /// @param calls of each of nine rounds
  /// @param call gets the number of the call, which never comes twice
  static Cost of(String name, long aimNanos, int warmUp, int calls, IntConsumer call) {
    int number = 0;
    for (int i = 0; i < warmUp; i++) {
      call.accept(number++);
    }
    var means = new ArrayList<Long>();
    for (int round = 0; round < ROUNDS; round++) {
      long from = PROCESSOR.getCurrentThreadCpuTime();
      for (int i = 0; i < calls; i++) {
        call.accept(number++);
      }
      means.add((PROCESSOR.getCurrentThreadCpuTime() - from) / calls);
    }
    List<Long> sorted = means.stream().sorted().toList();
    return new Cost(name, sorted.get(ROUNDS / 2), sorted.getFirst(), sorted.getLast(), aimNanos);
  }

  /// How many calls there are in all.
  static int calls(int warmUp, int calls) {
    return warmUp + ROUNDS * calls;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-44s %8.2f us (rounds %.2f to %.2f), aim below %.0f us: %s",
        name,
        median / NANOS_PER_MICRO,
        least / NANOS_PER_MICRO,
        most / NANOS_PER_MICRO,
        aimNanos / NANOS_PER_MICRO,
        median < aimNanos ? "met" : "MISSED");
  }
}
