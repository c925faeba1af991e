package dev.parley.log;

import java.time.Duration;

/// How records are published.
///
/// @param kafka where the log is
/// @param clientId names the publisher in the broker's metrics
/// @param inFlightMax records on their way at once; over it a record is refused at once
/// @param answerWait longest wait for the broker's answer; then the outcome is unknown
/// @param linger wait for more records before a request is sent, milliseconds: less work for the
///   broker under load
public record PublisherConfig(
    KafkaConnection kafka, String clientId, int inFlightMax, Duration answerWait, int linger) {

  /// 10,000 in flight, 10 s, linger 1 ms.
  public static PublisherConfig of(KafkaConnection kafka, String clientId) {
    return new PublisherConfig(kafka, clientId, 10_000, Duration.ofSeconds(10), 1);
  }

  /// The same, for brokers that ask for nothing.
  public static PublisherConfig of(String bootstrapServers, String clientId) {
    return of(KafkaConnection.plain(bootstrapServers), clientId);
  }
}
