package dev.parley.command.topology;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// When a stream thread commits what it decided: as long after its last commit as that one took,
/// within bounds.
///
/// A commit holds its thread up until the brokers have everything. Where they are slow, after they
/// came back or under more load than they take, a fixed interval leaves the thread to wait nearly
/// all of the time; like this it decides for half of it, in fewer and larger commits. Answers do
/// not wait for commits, committed readers do.
///
/// Kafka Streams' own interval is a constant, so it is set to the longest, and commits are asked
/// for before. One pace for all threads of a topology; each call is of the calling thread.
final class CommitPace {

  private final long leastNanos;
  private final long mostNanos;
  private final LongSupplier nanos;
  private final ThreadLocal<Round> rounds;

  /// @param least between the end of a commit and the beginning of the next
  /// @param most the same, however long a commit takes
  CommitPace(Duration least, Duration most) {
    this(least, most, System::nanoTime);
  }

  CommitPace(Duration least, Duration most, LongSupplier nanos) {
    this.leastNanos = least.toNanos();
    this.mostNanos = Math.max(leastNanos, most.toNanos());
    this.nanos = nanos;
    this.rounds = ThreadLocal.withInitial(() -> new Round(nanos.getAsLong(), leastNanos));
  }

  /// What a thread knows since its last commit.
  private static final class Round {

    private long endedNanos;
    private long waitNanos;
    // Of a record that is not committed yet: all of a thread's tasks commit together.
    private @Nullable ProcessorContext<?, ?> open;
    private boolean committing;
    private long committingNanos;

    Round(long endedNanos, long waitNanos) {
      this.endedNanos = endedNanos;
      this.waitNanos = waitNanos;
    }
  }

  /// A record was decided: it is to be committed.
  void decided(ProcessorContext<?, ?> context) {
    rounds.get().open = context;
    look();
  }

  /// Asks for a commit if one is due.
  void look() {
    Round round = rounds.get();
    if (round.open != null && nanos.getAsLong() - round.endedNanos >= round.waitNanos) {
      round.open.commit();
    }
  }

  /// The first step of a commit, or one more.
  void commits() {
    Round round = rounds.get();
    if (!round.committing) {
      round.committing = true;
      round.committingNanos = nanos.getAsLong();
    }
  }

  void committed() {
    Round round = rounds.get();
    round.endedNanos = nanos.getAsLong();
    if (round.committing) {
      long took = round.endedNanos - round.committingNanos;
      round.waitNanos = Math.clamp(took, leastNanos, mostNanos);
    }
    round.committing = false;
    round.open = null;
  }

  /// What was open is given up, and decided again.
  void aborted() {
    Round round = rounds.get();
    round.committing = false;
    // Its task may be gone from this thread, and would refuse to be asked.
    round.open = null;
  }
}
