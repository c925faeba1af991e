package dev.parley.command.door;

import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads what members keep, from the first record on.
final class MarksReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Set<PersonalEntry> read = new HashSet<>();

  MarksReader(String bootstrap) {
    consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    var partitions =
        consumer.partitionsFor(Topics.MARKS).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /// @param entry whose time does not matter
  void await(PersonalEntry entry) {
    await(entry::equals);
  }

  void await(Predicate<PersonalEntry> wanted) {
    Awaiting.atMost(
        BOUND,
        () -> {
          consumer.poll(POLL).forEach(record -> read.add(timeless(record.value())));
          return read.stream().anyMatch(wanted);
        },
        () -> "only these were kept: " + read);
  }

  /// Whether none is among those that were read.
  boolean none(Predicate<PersonalEntry> unwanted) {
    return read.stream().noneMatch(unwanted);
  }

  private static PersonalEntry timeless(byte[] record) {
    var entry = PersonalCodec.decode(record);
    return new PersonalEntry(entry.conversation(), entry.user(), 0, entry.quiet(), entry.value());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
