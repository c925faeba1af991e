package dev.parley.log;

import java.time.Duration;

/// How records are published.
///
/// @param bootstrap `host:port` of brokers, comma separated
/// @param clientId names the publisher in the broker's metrics
/// @param inFlightMax records on their way at once; over it a record is refused at once
/// @param answerWait longest wait for the broker's answer; then the outcome is unknown
/// @param linger wait for more records before a request is sent, milliseconds: less work for the
///   broker under load
public record PublisherConfig(
    String bootstrap, String clientId, int inFlightMax, Duration answerWait, int linger) {

  /// 10,000 in flight, 10 s, linger 1 ms.
  public static PublisherConfig of(String bootstrap, String clientId) {
    return new PublisherConfig(bootstrap, clientId, 10_000, Duration.ofSeconds(10), 1);
  }
}
