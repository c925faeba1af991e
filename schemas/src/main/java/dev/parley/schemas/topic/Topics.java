package dev.parley.schemas.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The topics of the log. All have one partition count, which never changes within an epoch.
public final class Topics {

  public static final String COMMANDS = "parley.commands";
  public static final String EVENTS = "parley.events";
  public static final String REJECTIONS = "parley.rejections";
  public static final String USERS = "parley.users";

  /// Access tokens that are void before they expire, by identity-service.
  public static final String SESSIONS = "parley.sessions";

  /// How long a revocation is kept, and so the longest life of a token that a door accepts, with
  /// some hours to spare.
  public static final Duration REVOCATIONS_KEPT = Duration.ofDays(2);

  /// What members keep in a conversation. Keyed by member and kind, so that the last of each stays;
  /// the partition is that of the conversation's id.
  public static final String MARKS = "parley.marks";

  /// Header of a record of [#EVENTS]: the node that waits for the outcome and is not subscribed to
  /// the conversation.
  public static final String ORIGIN_HEADER = "parley-origin";

  private Topics() {}

  /// @param name the topic
  /// @param config topic settings of Kafka
  public record Spec(String name, Map<String, String> config) {}

  /// What each topic is created with.
  public static final List<Spec> ALL =
      List.of(
          new Spec(COMMANDS, retained(Duration.ofDays(7))),
          new Spec(EVENTS, Map.of("cleanup.policy", "delete", "retention.ms", "-1")),
          new Spec(REJECTIONS, retained(Duration.ofDays(1))),
          new Spec(MARKS, Map.of("cleanup.policy", "compact")),
          new Spec(
              USERS,
              Map.of(
                  "cleanup.policy", "compact",
                  // An erased person's key must leave the disk soon: close segments early, compact
                  // them
                  // although little of them is old, and delete the files at once.
                  "max.compaction.lag.ms", millis(Duration.ofMinutes(10)),
                  "segment.ms", millis(Duration.ofMinutes(10)),
                  "min.cleanable.dirty.ratio", "0.01",
                  "file.delete.delay.ms", millis(Duration.ofSeconds(1)))),
          new Spec(
              SESSIONS,
              Map.of(
                  "cleanup.policy", "compact,delete",
                  "retention.ms", millis(REVOCATIONS_KEPT),
                  "segment.ms", millis(Duration.ofHours(6)))));

  private static Map<String, String> retained(Duration retention) {
    return Map.of("cleanup.policy", "delete", "retention.ms", millis(retention));
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
