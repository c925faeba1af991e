package dev.parley.log;

import dev.parley.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Records of Kafka as entries of the log.
final class Entries {

  private static final byte[] TOMBSTONE = new byte[0];

  private Entries() {}

  static LogEntry of(LogPartition partition, ConsumerRecord<String, byte[]> record) {
    return new LogEntry(
        partition,
        record.offset(),
        record.timestamp(),
        record.key() == null ? "" : record.key(),
        record.value() == null ? TOMBSTONE : record.value(),
        origin(record));
  }

  private static @Nullable String origin(ConsumerRecord<String, byte[]> record) {
    var header = record.headers().lastHeader(Topics.ORIGIN_HEADER);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
