package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.stack.engine.KafkaEngine;
import dev.parley.stack.engine.KafkaGuard;
import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.Ports;
import dev.parley.stack.process.Starter;
import dev.parley.stack.tls.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The embedded broker is killed while somebody writes.
class KilledBrokerTest {

  private static final TopicPartition PARTITION = new TopicPartition("killed", 0);
  private static final int TRANSACTION_MILLIS = 1_000;
  private static final long BOUND_SECONDS = 60;

  @TempDir private Path folder;

  /// It ran out while the broker was away; Kafka alone would leave it open for ever, see
  /// PreviousIncarnation in the launcher.
  @Test
  void aTransactionThatWasOpenThenHoldsNobodyUpForEver() throws Exception {
    var engine = engine();
    var broker = Starter.startAndWait(engine);
    Map<String, Object> client =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, engine.bootstrapServers());
    try (var admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1))).all().get();
      try (var producer = producer(engine)) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(PARTITION.topic(), "left open")).get();
        broker = startedAgain(engine, broker);
        assertThat(end(admin, IsolationLevel.READ_UNCOMMITTED)).isPositive();

        awaitCommittedReaders(admin);
      }
    } finally {
      broker.kill();
    }
  }

  /// What it reads, and its coordinators, before it serves anybody again.
  @Test
  void whatItReadsWhenItIsBackIsBounded() throws Exception {
    var engine = engine();
    var broker = Starter.startAndWait(engine);
    Map<String, Object> client =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, engine.bootstrapServers());
    try (var admin = Admin.create(client);
        var transactional = producer(engine);
        var producer =
            new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1))).all().get();
      transactional.initTransactions();
      var kilobyte = "x".repeat(1024);
      for (int i = 0; i < 20 * 1024; i++) {
        producer.send(new ProducerRecord<>(PARTITION.topic(), kilobyte));
      }
      producer.flush();

      assertThat(segments(PARTITION.toString())).hasSizeGreaterThan(2).allMatch(s -> s <= 8 << 20);
      assertThat(segmentBytes(admin, "__transaction_state")).isEqualTo(1 << 20);
    } finally {
      broker.kill();
    }
  }

  private KafkaEngine engine() throws IOException {
    return new KafkaEngine(
        Ports.free(), Ports.free(), folder.resolve("kafka"), folder.resolve("kafka.log"), 256);
  }

  private List<Long> segments(String partition) throws IOException {
    try (var files = Files.list(folder.resolve("kafka/log").resolve(partition))) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .map(file -> file.toFile().length())
          .toList();
    }
  }

  private static int segmentBytes(Admin admin, String topic) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var config = admin.describeConfigs(List.of(resource)).all().get().values().iterator().next();
    return Integer.parseInt(config.get(TopicConfig.SEGMENT_BYTES_CONFIG).value());
  }

  @Test
  void oneThatAsksWhoItsClientsAreComesBack() throws Exception {
    var engine =
        new KafkaEngine(
            Ports.free(),
            Ports.free(),
            folder.resolve("guarded"),
            folder.resolve("guarded.log"),
            256,
            new KafkaGuard(
                Authority.ofFolder(folder.resolve("tls")).identity("kafka"),
                Checkout.root().resolve("helm/parley/kafka-acls.txt")));
    Starter.startAndWait(engine).kill();

    var again = Starter.startAndWait(engine);

    again.kill();
    assertThat(Files.readString(folder.resolve("guarded.log")))
        .doesNotContain("was not fenced", "DUPLICATE_BROKER_REGISTRATION");
  }

  private static GuardedProcess startedAgain(KafkaEngine engine, GuardedProcess broker)
      throws Exception {
    broker.kill();
    // So that it has run out when the broker is back.
    TimeUnit.MILLISECONDS.sleep(TRANSACTION_MILLIS);
    return Starter.startAndWait(engine);
  }

  private static void awaitCommittedReaders(Admin admin) throws Exception {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    while (end(admin, IsolationLevel.READ_COMMITTED)
        < end(admin, IsolationLevel.READ_UNCOMMITTED)) {
      assertThat(System.nanoTime()).as("committed readers stand").isLessThan(limit);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static long end(Admin admin, IsolationLevel isolation) throws Exception {
    return admin
        .listOffsets(Map.of(PARTITION, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
        .partitionResult(PARTITION)
        .get()
        .offset();
  }

  private static KafkaProducer<String, String> producer(KafkaEngine engine) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            engine.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "killed",
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            TRANSACTION_MILLIS),
        new StringSerializer(),
        new StringSerializer());
  }
}
