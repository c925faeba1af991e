package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.topic.Topics;
import dev.parley.stack.engine.KafkaEngine;
import dev.parley.stack.engine.KafkaGuard;
import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.Ports;
import dev.parley.stack.process.Starter;
import dev.parley.stack.tls.Authority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may do what, asked of a broker that has loaded `helm/parley/kafka-acls.txt` and knows each
/// service by its certificate.
final class KafkaAclsTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  private static final String IDENTITY = "identity-service";
  private static final String COMMAND = "command-service";
  private static final String PROJECTION = "projection-service";
  private static final String SEARCH = "search-service";
  private static final String EDGE = "ws-edge";
  private static final String IMPORT = "import";
  private static final String CHECK = "check";
  private static final String STRANGER = "stranger";

  private static final Map<String, Set<String>> WRITES =
      Map.of(
          IDENTITY, Set.of(Topics.USERS, Topics.SESSIONS),
          COMMAND, Set.of(Topics.COMMANDS, Topics.EVENTS, Topics.REJECTIONS, Topics.MARKS),
          PROJECTION, Set.of(Topics.COMMANDS, Topics.MARKS),
          SEARCH, Set.of(),
          EDGE, Set.of(Topics.COMMANDS, Topics.MARKS),
          IMPORT, Set.of(Topics.COMMANDS),
          CHECK, Set.of(),
          STRANGER, Set.of());

  private static final Map<String, Set<String>> READS =
      Map.of(
          IDENTITY, Set.of(Topics.USERS, Topics.SESSIONS),
          COMMAND, Set.of(Topics.COMMANDS, Topics.USERS, Topics.SESSIONS),
          PROJECTION,
              Set.of(Topics.EVENTS, Topics.REJECTIONS, Topics.MARKS, Topics.USERS, Topics.SESSIONS),
          SEARCH, Set.of(Topics.EVENTS, Topics.MARKS, Topics.USERS, Topics.SESSIONS),
          EDGE, Set.of(Topics.USERS, Topics.SESSIONS),
          IMPORT, Set.of(Topics.EVENTS, Topics.REJECTIONS, Topics.USERS),
          CHECK, Set.of(Topics.EVENTS),
          STRANGER, Set.of());

  private static final List<String> TOPICS = Topics.ALL.stream().map(Topics.Spec::name).toList();

  @TempDir static Path folder;

  private static Authority authority;
  private static KafkaEngine engine;
  private static GuardedProcess broker;

  @BeforeAll
  static void start() throws Exception {
    authority = Authority.ofFolder(folder.resolve("tls"));
    engine =
        new KafkaEngine(
            Ports.free(),
            Ports.free(),
            folder.resolve("kafka"),
            folder.resolve("kafka.log"),
            256,
            new KafkaGuard(
                authority.identity("kafka"),
                Checkout.root().resolve("helm/parley/kafka-acls.txt")));
    broker = Starter.startAndWait(engine);
    // As identity-service does it: it may create what is missing.
    TopicAdmin.ensure(as(IDENTITY), 1, (short) 1, BOUND);
    // Something to read, so that nobody waits for what is allowed and empty.
    for (var principal : WRITES.entrySet()) {
      for (var topic : principal.getValue()) {
        assertThat(mayWrite(principal.getKey(), topic)).isTrue();
      }
    }
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.kill();
    }
  }

  @Test
  void eachServiceWritesItsOwnTopicsAndNoOthers() throws Exception {
    for (var principal : WRITES.keySet()) {
      var written = new HashSet<String>();
      for (var topic : TOPICS) {
        if (mayWrite(principal, topic)) {
          written.add(topic);
        }
      }
      assertThat(written).as("what %s writes", principal).isEqualTo(WRITES.get(principal));
    }
  }

  @Test
  void eachServiceReadsWhatItNeedsAndNothingElse() throws Exception {
    for (var principal : READS.keySet()) {
      var read = new HashSet<String>();
      for (var topic : TOPICS) {
        if (mayRead(principal, topic)) {
          read.add(topic);
        }
      }
      assertThat(read).as("what %s reads", principal).isEqualTo(READS.get(principal));
    }
  }

  @Test
  void groupsBelongToTheServiceThatReadsByThem() throws Exception {
    assertThat(mayCommit(PROJECTION, "parley-views-3", Topics.EVENTS)).isTrue();
    assertThat(mayCommit(PROJECTION, "parley-delivery", Topics.EVENTS)).isTrue();
    assertThat(mayCommit(PROJECTION, "parley-timers", Topics.MARKS)).isTrue();
    assertThat(mayCommit(SEARCH, "parley-search-v2", Topics.EVENTS)).isTrue();
    assertThat(mayCommit(COMMAND, "parley-decider", Topics.COMMANDS)).isTrue();

    assertThat(mayCommit(CHECK, "parley-check-1", Topics.EVENTS)).isTrue();

    assertThat(mayCommit(SEARCH, "parley-views-3", Topics.EVENTS)).isFalse();
    assertThat(mayCommit(CHECK, "parley-search-v2", Topics.EVENTS)).isFalse();
    assertThat(mayCommit(PROJECTION, "parley-decider", Topics.EVENTS)).isFalse();
    assertThat(mayCommit(EDGE, "parley-decider", Topics.USERS)).isFalse();
  }

  @Test
  void transactionsAreTheDecidersAlone() throws Exception {
    assertThat(mayBeginTransaction(COMMAND, "parley-decider-f3-1")).isTrue();
    assertThat(mayBeginTransaction(COMMAND, "other")).isFalse();
    assertThat(mayBeginTransaction(EDGE, "parley-decider-f3-1")).isFalse();
  }

  @Test
  void topicsAreCreatedByThoseTwoAndDeletedByNobody() throws Exception {
    assertThat(mayCreate(COMMAND, "parley.next")).isTrue();
    assertThat(mayCreate(COMMAND, "parley-decider-members-changelog")).isTrue();
    assertThat(mayCreate(EDGE, "parley.other")).isFalse();
    assertThat(mayCreate(COMMAND, "other")).isFalse();
    for (var principal : WRITES.keySet()) {
      try (var admin = Admin.create(as(principal).client())) {
        assertThatThrownBy(() -> admin.deleteTopics(List.of(Topics.EVENTS)).all().get())
            .as(principal)
            .hasCauseInstanceOf(AuthorizationException.class);
      }
    }
  }

  /// The platform's own clients, as the services use them.
  @Test
  void theOwnClientsWorkWithNothingMore() {
    TopicAdmin.await(as(EDGE), List.of(Topics.COMMANDS, Topics.MARKS, Topics.USERS), BOUND);
    try (var publisher = new CommandPublisher(PublisherConfig.of(as(EDGE), "edge"));
        var users = new UserTable(as(SEARCH), MasterKey.ofBase64("A".repeat(43) + "="));
        var loop =
            new EventLoop(
                LoopConfig.committed(as(SEARCH), "parley-search-v1"),
                new Recorder(Topics.EVENTS))) {
      publisher.prepare(BOUND);
      users.start();
      assertThat(users.awaitLoaded(BOUND)).isTrue();
      loop.start();
      await().atMost(BOUND).until(() -> !loop.status().partitions().isEmpty());
      assertThat(loop.status().healthy()).isTrue();
    }
  }

  @Test
  void whoShowsNoCertificateOrSpeaksInTheClearIsNotHeard() throws Exception {
    var nameless =
        new KafkaConnection(
            engine.bootstrapServers(),
            Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", authority.ca().toString()));
    var elsewhere = Authority.ofFolder(folder.resolve("other")).identity(IDENTITY);
    for (var connection :
        List.of(
            KafkaConnection.plain(engine.bootstrapServers()),
            nameless,
            connection(elsewhere.certificate(), elsewhere.key()))) {
      assertThatThrownBy(() -> TopicAdmin.await(connection, List.of(Topics.USERS), Duration.ZERO))
          .as("%s", connection)
          .isInstanceOf(TransientException.class);
    }
  }

  private static KafkaConnection as(String principal) {
    try {
      var own = authority.identity(principal);
      return connection(own.certificate(), own.key());
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  private static KafkaConnection connection(Path certificate, Path key) throws java.io.IOException {
    return new KafkaConnection(
        engine.bootstrapServers(),
        Map.of(
            "security.protocol",
            "SSL",
            "ssl.truststore.type",
            "PEM",
            "ssl.truststore.location",
            authority.ca().toString(),
            "ssl.keystore.type",
            "PEM",
            "ssl.keystore.certificate.chain",
            Files.readString(certificate),
            "ssl.keystore.key",
            Files.readString(key)));
  }

  private static boolean mayWrite(String principal, String topic) throws Exception {
    var settings = as(principal).client();
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topic, "00000000-0000-7000-8000-000000000000", null))
          .get(30, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | KafkaException refused) {
      // Thrown by `send` itself where the broker refused the producer before the first record.
      return refusedByRule(refused);
    }
  }

  private static boolean mayRead(String principal, String topic) {
    var settings = as(principal).client();
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.seek(new TopicPartition(topic, 0), 0);
      return !consumer.poll(BOUND).isEmpty();
    } catch (AuthorizationException refused) {
      return false;
    }
  }

  private static boolean mayCommit(String principal, String group, String topic) {
    var settings = as(principal).client();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)), BOUND);
      return true;
    } catch (AuthorizationException refused) {
      return false;
    }
  }

  private static boolean mayBeginTransaction(String principal, String id) {
    var settings = as(principal).client();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      return true;
    } catch (AuthorizationException refused) {
      return false;
    }
  }

  private static boolean mayCreate(String principal, String topic) throws Exception {
    try (var admin = Admin.create(new HashMap<String, Object>(asMap(principal)))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      return true;
    } catch (ExecutionException refused) {
      return refusedByRule(refused);
    }
  }

  private static Map<String, String> asMap(String principal) {
    var connection = as(principal);
    var map = new HashMap<>(connection.properties());
    map.put("bootstrap.servers", connection.bootstrapServers());
    return map;
  }

  private static <E extends Exception> boolean refusedByRule(E refused) throws E {
    if (refused.getCause() instanceof AuthorizationException) {
      return false;
    }
    throw refused;
  }
}
