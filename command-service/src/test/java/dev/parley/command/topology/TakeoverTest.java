package dev.parley.command.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.command.CommandServiceConfig;
import dev.parley.command.decider.RandomCommands;
import dev.parley.command.door.Awaiting;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.test.TestEngines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transactions that somebody left open, on a real broker. They would run out after ten minutes,
/// and no test waits for so long.
class TakeoverTest {

  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final String TEN_MINUTES = "600000";

  private final String name = "takeover-" + UUID.randomUUID();
  private final TestTopics topics = new TestTopics(TestEngines.kafka().bootstrapServers(), 2);
  private final Logs logs = new Logs(name, name + "-events", name + "-rejections");

  @Test
  void whatAKilledDeciderLeftOpenHoldsNobodyUp(@TempDir Path folder) throws Exception {
    topics.create(logs.commands(), logs.events(), logs.rejections());
    topics.publish(name, new RandomCommands(1, 4, 8).take(200));
    // It commits never, so that it dies inside its transaction.
    Map<String, String> settings =
        new HashMap<>(
            settings(
                folder.resolve("killed"),
                Map.of("parley.decider.commit-interval-millis", "600000")));
    try (var live = topics.consumer(logs.events(), "read_uncommitted")) {
      GuardedProcess killed = DecidingProcess.start(settings, logs, folder.resolve("killed.log"));
      Awaiting.atMost(BOUND, () -> live.poll(Duration.ofMillis(10)).count() > 0);
      killed.kill();
    }
    assertThat(topics.committed(logs.events()).values()).isEmpty();

    CommandServiceConfig config = TestConfig.of(settings(folder.resolve("other"), Map.of()));
    Properties properties = StreamsProperties.of(config, "another");
    try (DecidingNode node = new DecidingNode(config, properties, logs)) {
      node.start();
      topics.awaitDecided(name, logs.commands());
    }

    assertThat(topics.committed(logs.events()).values()).isNotEmpty();
  }

  /// Its session would last ten minutes.
  @Test
  void aKilledDeciderIsMissedAtOnce(@TempDir Path folder) throws Exception {
    topics.create(logs.commands(), logs.events(), logs.rejections());
    var watched =
        Map.of(
            "parley.decider.session-timeout-millis",
            TEN_MINUTES,
            "parley.decider.lifeline-host",
            "127.0.0.1");
    CommandServiceConfig config = TestConfig.of(settings(folder.resolve("other"), watched));
    Properties properties = StreamsProperties.of(config, "another");
    GuardedProcess killed =
        DecidingProcess.start(
            settings(folder.resolve("killed"), watched), logs, folder.resolve("killed.log"));
    try (DecidingNode node = new DecidingNode(config, properties, logs)) {
      node.start();
      Awaiting.atMost(BOUND, () -> node.peers().equals(List.of("node")));
      killed.kill();

      topics.publish(name, new RandomCommands(1, 4, 8).take(200));
      topics.awaitDecided(name, logs.commands());
    } finally {
      killed.kill();
    }
  }

  @Test
  void onlyDecidersInThePartitionsTakenOverAreFenced() {
    topics.create(logs.commands(), logs.events(), logs.rejections());
    try (var gone = producer(name + "-gone-1");
        var rejecting = producer(name + "-gone-2");
        var elsewhere = producer(name + "-elsewhere-1");
        var stranger = producer("stranger-" + name);
        var admin =
            Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, topics.bootstrap()))) {
      begin(gone, logs.events(), 0);
      begin(rejecting, logs.rejections(), 0);
      begin(elsewhere, logs.events(), 1);
      begin(stranger, logs.events(), 0);

      new Takeover(admin, name, logs, BOUND).of(Set.of(new TopicPartition(logs.commands(), 0)));

      assertFenced(gone);
      assertFenced(rejecting);
      assertThatCode(elsewhere::commitTransaction).doesNotThrowAnyException();
      assertThatCode(stranger::commitTransaction).doesNotThrowAnyException();
    }
  }

  @Test
  void brokersThatDoNotAnswerAboutTransactionsKeepNobodyFromDeciding() {
    var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1"));
    try {
      var takeover = new Takeover(admin, name, logs, Duration.ofMillis(50));

      assertThatCode(() -> takeover.of(Set.of(new TopicPartition(logs.commands(), 0))))
          .doesNotThrowAnyException();
    } finally {
      // Else it waits a minute for the answer that never comes.
      admin.close(Duration.ZERO);
    }
  }

  private static void assertFenced(KafkaProducer<byte[], byte[]> producer) {
    assertThatThrownBy(producer::commitTransaction)
        .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
  }

  private static void begin(KafkaProducer<byte[], byte[]> producer, String topic, int partition) {
    producer.initTransactions();
    producer.beginTransaction();
    var sent =
        producer.send(new ProducerRecord<>(topic, partition, new byte[] {1}, new byte[] {1}));
    producer.flush();
    assertThat(sent).isDone();
  }

  private KafkaProducer<byte[], byte[]> producer(String transactions) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            topics.bootstrap(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            transactions,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            TEN_MINUTES),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private Map<String, String> settings(Path state, Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "parley.kafka.bootstrap-servers",
                topics.bootstrap(),
                "parley.decider.application-id",
                name,
                "parley.decider.transaction-timeout-millis",
                TEN_MINUTES,
                // By itself Kafka Streams would commit then.
                "parley.decider.commit-interval-max-millis",
                TEN_MINUTES,
                "parley.decider.state-directory",
                state.toString()));
    settings.putAll(more);
    return settings;
  }
}
