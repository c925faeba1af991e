package dev.parley.bench.check.workload;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a workload is to be.
///
/// @param seed of every choice; when things happen is up to the machine
/// @param clients sockets; every third person has two
/// @param conversations groups and channels, with some of the people in each
/// @param ratePerSecond things done by all clients together, of which three in five are messages
/// @param unansweredMax commands without an answer at which nothing more is sent: people would not
///   write on for minutes into a Parley that is away
/// @param reconnectEvery how long a client stays connected on average before its line is cut
/// @param settle how long the end waits for answers and for clients that are behind
/// @param journal where every event of the run goes; null: nowhere
public record WorkloadSettings(
    long seed,
    int clients,
    int conversations,
    int ratePerSecond,
    int unansweredMax,
    Duration reconnectEvery,
    Duration settle,
    @Nullable Path journal) {

  public WorkloadSettings {
    if (clients < 4 || conversations < 1 || ratePerSecond < 1 || unansweredMax < 1) {
      throw new IllegalArgumentException(
          "Expected at least 4 clients, and 1 of everything else, but got "
              + clients
              + " clients, "
              + conversations
              + " conversations, "
              + ratePerSecond
              + "/s, "
              + unansweredMax
              + " unanswered");
    }
  }

  /// Forty clients in twelve conversations, 200 things a second, a cut of each client every 20 s.
  public static WorkloadSettings of(long seed) {
    return new WorkloadSettings(
        seed, 40, 12, 200, 2_000, Duration.ofSeconds(20), Duration.ofSeconds(60), null);
  }

  /// The same, with everything that happens written to this file.
  public WorkloadSettings withJournal(Path file) {
    return new WorkloadSettings(
        seed, clients, conversations, ratePerSecond, unansweredMax, reconnectEvery, settle, file);
  }

  /// The same of another size.
  public WorkloadSettings sized(int socketsOfAll, int rooms, int rate) {
    return new WorkloadSettings(
        seed, socketsOfAll, rooms, rate, unansweredMax, reconnectEvery, settle, journal);
  }

  /// The same with another bound at the end.
  public WorkloadSettings settling(Duration atMost) {
    return new WorkloadSettings(
        seed,
        clients,
        conversations,
        ratePerSecond,
        unansweredMax,
        reconnectEvery,
        atMost,
        journal);
  }
}
