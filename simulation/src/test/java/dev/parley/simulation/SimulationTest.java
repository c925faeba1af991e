package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.simulation.Simulate.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// As many seeds as fit into the time. They are the same each time, so that a change that breaks
/// something is what fails; others are run with `-Dparley.simulation.first=N`, and one is replayed
/// with `-Dparley.simulation.seed=N`.
class SimulationTest {

  private static final @Nullable Long GIVEN = Long.getLong("parley.simulation.seed");
  private static final int SEEDS_MAX = Integer.getInteger("parley.simulation.seeds", 3_000);
  private static final int SEEDS_MIN = 30;
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final int THREADS = 2;

  private final AtomicLong nextSeed = new AtomicLong(Long.getLong("parley.simulation.first", 1));
  private final ConcurrentLinkedQueue<Result> results = new ConcurrentLinkedQueue<>();

  @Test
  void whateverBreaksEverybodyHasSeenTheLogInTheEnd() throws InterruptedException {
    if (GIVEN != null) {
      var result = Simulate.run(GIVEN, new Wiring(), System.out::println);
      assertThat(result.isClean()).as(result.toString()).isTrue();
      return;
    }
    long first = nextSeed.get();
    long until = System.nanoTime() + TIME.toNanos();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < THREADS; i++) {
      threads.add(Thread.ofPlatform().start(() -> runSeeds(first + SEEDS_MAX, until)));
    }
    for (var thread : threads) {
      thread.join();
    }
    var tally = results.stream().map(Result::tally).reduce(Tally.NONE, Tally::plus);
    System.out.println("seeds from " + first + ": " + tally);
    var broken = results.stream().filter(result -> !result.isClean()).toList();
    assertThat(broken).as(broken.isEmpty() ? "" : broken.getFirst().toString()).isEmpty();
    assertSomethingHappened(tally);
  }

  private void runSeeds(long end, long untilNanos) {
    while (results.size() < SEEDS_MIN || System.nanoTime() - untilNanos < 0) {
      var seed = nextSeed.getAndIncrement();
      if (seed >= end) {
        return;
      }
      results.add(Simulate.run(seed, new Wiring()));
    }
  }

  /// A run in which nothing was undone, repeated or resumed proves nothing.
  private static void assertSomethingHappened(Tally tally) {
    assertThat(
            List.of(
                tally.events(),
                tally.undone(),
                tally.answers(),
                tally.refusals(),
                tally.repeats(),
                tally.pushed(),
                tally.resumes(),
                tally.gaps(),
                tally.found(),
                tally.erased(),
                tally.faults()))
        .allMatch(count -> count > 0);
  }

  @Test
  void aSeedTakesTheSameStepsEachTime() {
    for (var seed = 1; seed <= 5; seed++) {
      var once = new ArrayList<String>();
      var again = new ArrayList<String>();
      var result = Simulate.run(seed, new Wiring(), once::add);
      assertThat(Simulate.run(seed, new Wiring(), again::add)).isEqualTo(result);
      assertThat(again).isEqualTo(once).hasSizeGreaterThan(300);
    }
  }
}
