package dev.parley.bench.check;

import dev.parley.log.EventLoop;
import dev.parley.log.KafkaConnection;
import dev.parley.log.LoopConfig;
import dev.parley.log.LoopStatus;
import dev.parley.log.Projection;
import dev.parley.schemas.id.Ids;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/// Reads all committed events of a log.
public final class CommittedLog {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  // Longer than an open transaction of a dead decider holds committed readers back.
  private static final Duration STILL_FOR = Duration.ofSeconds(15);

  private CommittedLog() {}

  /// Reads from the first event to the end. Done when the end is reached and these messages are
  /// there; where they are not, when nothing more has come for 15 seconds.
  ///
  /// @throws IllegalStateException if the end is not reached within `limit`
  public static LogChecker read(KafkaConnection kafka, Set<UUID> wanted, Duration limit)
      throws InterruptedException {
    return read(kafka, wanted, Set.of(), limit);
  }

  /// The same, and keeps every event of some conversations.
  public static LogChecker read(
      KafkaConnection kafka, Set<UUID> wanted, Set<UUID> kept, Duration limit)
      throws InterruptedException {
    var checker = new LogChecker(kept);
    read(kafka, checker, checker, wanted, limit);
    return checker;
  }

  /// @param reads the entries, and hands them to `checker`
  static void read(
      KafkaConnection kafka, LogChecker checker, Projection reads, Set<UUID> wanted, Duration limit)
      throws InterruptedException {
    var config = LoopConfig.committed(kafka, "parley-check-" + Ids.uuid7());
    try (var loop = new EventLoop(config, reads)) {
      loop.start();
      await(loop, checker, wanted, limit);
    }
  }

  private static void await(EventLoop loop, LogChecker checker, Set<UUID> wanted, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long movedAt = System.nanoTime();
    long events = -1;
    while (true) {
      long now = System.nanoTime();
      if (checker.events() != events) {
        events = checker.events();
        movedAt = now;
      }
      if (atEnd(loop.status())
          && (checker.holdsAll(wanted) || now - movedAt > STILL_FOR.toNanos())) {
        return;
      }
      if (now > deadline) {
        throw new IllegalStateException(
            "Expected the end of the log within " + limit + ", but stand at " + loop.status());
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  private static boolean atEnd(LoopStatus status) {
    return status.healthy() && !status.partitions().isEmpty() && status.lag() == 0;
  }
}
