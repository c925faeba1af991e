package dev.parley.log;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/// How an [EventLoop] reads.
///
/// @param kafka where the log is
/// @param group loops of one group share the partitions
/// @param start where the position is kept
/// @param batchEntriesMax entries of one batch at most; a longer backlog comes in several
/// @param batchBytesMax bytes fetched of one partition at a time at most
/// @param gather least time between the beginnings of two batches, 5 s at most: what comes
///   meanwhile comes together. The first after a while comes at once, and a backlog is not kept
///   back
/// @param retryFirst wait before the first retry of a batch; doubled each time
/// @param retryMax longest wait between two retries
public record LoopConfig(
    KafkaConnection kafka,
    String group,
    Isolation isolation,
    Start start,
    int batchEntriesMax,
    int batchBytesMax,
    Duration gather,
    Duration retryFirst,
    Duration retryMax) {

  /// The longest that may be gathered for.
  public static final Duration GATHER_MAX = Duration.ofSeconds(5);

  public LoopConfig {
    if (gather.isNegative() || gather.compareTo(GATHER_MAX) > 0) {
      throw new IllegalArgumentException(
          "Expected to gather for 0 to %s, but found %s".formatted(GATHER_MAX, gather));
    }
  }

  /// Whether records of open transactions are read.
  public enum Isolation {
    COMMITTED,
    UNCOMMITTED
  }

  /// Who keeps the position.
  public enum Start {
    /// The projection, with its rows: [Projection#positions] is asked.
    STORED,
    /// The consumer group in Kafka, after the fact: entries may come again after a crash.
    GROUP
  }

  /// Reads committed records from the projection's own position, 2,000 entries a batch.
  public static LoopConfig committed(KafkaConnection kafka, String group) {
    return new LoopConfig(
        kafka,
        group,
        Isolation.COMMITTED,
        Start.STORED,
        2_000,
        1 << 20,
        Duration.ZERO,
        Duration.ofMillis(50),
        Duration.ofSeconds(5));
  }

  /// Reads uncommitted records from the group's position, 500 entries a batch.
  public static LoopConfig uncommitted(KafkaConnection kafka, String group) {
    return new LoopConfig(
        kafka,
        group,
        Isolation.UNCOMMITTED,
        Start.GROUP,
        500,
        1 << 20,
        Duration.ZERO,
        Duration.ofMillis(50),
        Duration.ofSeconds(5));
  }

  /// As [#committed(KafkaConnection,String)], for brokers that ask for nothing.
  public static LoopConfig committed(String bootstrapServers, String group) {
    return committed(KafkaConnection.plain(bootstrapServers), group);
  }

  /// As [#uncommitted(KafkaConnection,String)], for brokers that ask for nothing.
  public static LoopConfig uncommitted(String bootstrapServers, String group) {
    return uncommitted(KafkaConnection.plain(bootstrapServers), group);
  }

  /// The same with another bound on a batch.
  public LoopConfig withBatch(int entriesMax, int bytesMax) {
    return new LoopConfig(
        kafka, group, isolation, start, entriesMax, bytesMax, gather, retryFirst, retryMax);
  }

  /// The same with another time between batches.
  public LoopConfig withGather(Duration least) {
    return new LoopConfig(
        kafka,
        group,
        isolation,
        start,
        batchEntriesMax,
        batchBytesMax,
        least,
        retryFirst,
        retryMax);
  }

  /// The same with other waits between retries.
  public LoopConfig withRetry(Duration first, Duration max) {
    return new LoopConfig(
        kafka, group, isolation, start, batchEntriesMax, batchBytesMax, gather, first, max);
  }

  /// Settings of the loop's consumer.
  Properties consumer(String clientId) {
    var properties = kafka.client();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        switch (isolation) {
          case COMMITTED -> "read_committed";
          case UNCOMMITTED -> "read_uncommitted";
        });
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchEntriesMax);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, batchBytesMax);
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class));
    return properties;
  }
}
