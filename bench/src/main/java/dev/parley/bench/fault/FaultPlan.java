package dev.parley.bench.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Which faults come, and in which order: the same from the same seed. Every fault of a round comes
/// once before one comes again, so that a short run is not all kills of one process.
public final class FaultPlan {

  private static final List<String> FORGETTING =
      List.of("CLIENT KILL TYPE pubsub", "FLUSHALL", "SCRIPT FLUSH");
  // A file of the log of Postgres: those are made at full size, and may be made still.
  private static final long FILE_BYTES_MAX = 16L << 20;
  private static final int PICKS = 12;
  private static final int PAIRS_PER_ROUND = 6;

  private final Set<FaultKind> kinds;
  private final List<Part> parts;
  private final int longestSeconds;
  private final Random random;
  private final List<Fault> round = new ArrayList<>();

  /// @param longestSeconds of what stands still, is slow or is full
  public FaultPlan(long seed, Set<FaultKind> kinds, Set<Part> parts, int longestSeconds) {
    if (kinds.isEmpty() || parts.isEmpty() || longestSeconds < 1) {
      throw new IllegalArgumentException(
          "Expected a kind of fault, a part to harm, and a second or more");
    }
    // In one order, whichever the set has: the seed decides.
    this.parts = List.copyOf(EnumSet.copyOf(parts));
    this.kinds = Set.copyOf(kinds);
    this.longestSeconds = longestSeconds;
    this.random = new Random(seed);
  }

  public Fault next() {
    if (round.isEmpty()) {
      for (var kind : FaultKind.values()) {
        if (kinds.contains(kind)) {
          round.addAll(of(kind));
        }
      }
      Collections.shuffle(round, random);
    }
    return round.removeLast();
  }

  private List<Fault> of(FaultKind kind) {
    var faults = new ArrayList<Fault>();
    switch (kind) {
      case KILL, STOP, RESTART -> {
        for (var part : parts) {
          faults.add(single(kind, part));
        }
      }
      case PAIRS -> {
        for (int i = 0; i < PAIRS_PER_ROUND; i++) {
          faults.add(pair());
        }
      }
      case NETWORK -> {
        faults.add(new Fault.Cut());
        faults.add(
            new Fault.Slow(
                Duration.ofMillis(20 + random.nextInt(280)), 8_192 << random.nextInt(4), length()));
      }
      case PUSHES -> FORGETTING.forEach(command -> faults.add(new Fault.Forget(command)));
      case DISK -> {
        faults.add(new Fault.FullIndex(length()));
        faults.add(new Fault.FullViews(FILE_BYTES_MAX, length()));
      }
      case ROLLING -> faults.add(new Fault.Rolling());
    }
    return faults;
  }

  /// Of two different parts: one alone would hide what the other does.
  private Fault pair() {
    var shuffled = new ArrayList<>(parts);
    Collections.shuffle(shuffled, random);
    return new Fault.Pair(anyOf(shuffled.getFirst()), anyOf(shuffled.getLast()));
  }

  private Fault anyOf(Part part) {
    return single(
        List.of(FaultKind.KILL, FaultKind.STOP, FaultKind.RESTART).get(random.nextInt(3)), part);
  }

  private Fault single(FaultKind kind, Part part) {
    int pick = random.nextInt(PICKS);
    return switch (kind) {
      case KILL -> new Fault.Kill(part, pick);
      case STOP -> new Fault.Freeze(part, pick, length());
      case RESTART -> new Fault.Restart(part, pick);
      case PAIRS, NETWORK, PUSHES, DISK, ROLLING ->
          throw new IllegalArgumentException("Expected a fault of one process, but got " + kind);
    };
  }

  private Duration length() {
    return Duration.ofSeconds(1 + random.nextInt(longestSeconds));
  }
}
