package dev.parley.command.topology;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/// The topology's clients: Kafka's own, but for the main consumer and the producer.
final class Clients implements KafkaClientSupplier {

  private final StoppedPartitions stopped;
  private final CommitPace pace;
  private final Function<Admin, Takeover> takeovers;
  // Made before any consumer is.
  private @Nullable Takeover takeover;
  private @Nullable Admin admin;

  /// @param takeovers over the topology's one admin client, which the topology closes
  Clients(StoppedPartitions stopped, CommitPace pace, Function<Admin, Takeover> takeovers) {
    this.stopped = stopped;
    this.pace = pace;
    this.takeovers = takeovers;
  }

  @Override
  public synchronized Admin getAdmin(Map<String, Object> config) {
    Admin made = Admin.create(config);
    admin = made;
    takeover = takeovers.apply(made);
    return made;
  }

  /// The topology's one admin client.
  synchronized Admin admin() {
    return Objects.requireNonNull(admin, "Expected an admin client once the topology is made");
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new DecidersProducer(config, pace);
  }

  @Override
  public synchronized Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new DecidersConsumer(
        config,
        stopped,
        pace,
        Objects.requireNonNull(takeover, "Expected an admin client before any consumer"));
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
