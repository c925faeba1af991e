package dev.parley.bench.check;

import dev.parley.client.Rest;
import dev.parley.log.KafkaConnection;
import java.time.Duration;

/// Where a check reads what a run left behind: as any client of the deployment would, and the log.
///
/// @param rest views, inbox and search, asked with the tokens of the people of the run
public record Sources(Rest rest, KafkaConnection kafka) {

  /// How long a check waits for what follows the log.
  ///
  /// @param log until its end is read
  /// @param views until a conversation is as the log says
  /// @param index the same of the index
  public record Limits(Duration log, Duration views, Duration index) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofMinutes(10), Duration.ofSeconds(60), Duration.ofSeconds(60));
  }
}
