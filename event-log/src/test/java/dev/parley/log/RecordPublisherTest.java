package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class RecordPublisherTest {

  private static final String TOPIC = "some.topic";
  private static final byte[] VALUE = {1};

  private static final int IN_FLIGHT_MAX = 2;
  private static final String CONVERSATION = "01920000-0000-7000-8000-000000000001";

  @Test
  void recordsOfManyKeysBesideOneKeyShareItsPartition() {
    try (var kafka = kafka(true);
        var publisher = publisher(kafka)) {
      publisher.publishBeside(TOPIC, CONVERSATION, CONVERSATION + ":ada:read", VALUE);
      publisher.publishBeside(TOPIC, CONVERSATION, CONVERSATION + ":bob:read", VALUE);
      publisher.publishBeside(TOPIC, CONVERSATION, CONVERSATION + ":bob:draft", VALUE);
      assertThat(kafka.history().stream().map(ProducerRecord::partition).distinct()).hasSize(1);
      assertThat(kafka.history().stream().map(ProducerRecord::key).distinct()).hasSize(3);
    }
  }

  /// Five minutes is the producer's default; then a record would have to wait for the partitions.
  @Test
  void theTopicOfAQuietDoorIsNotForgotten() {
    var properties = RecordPublisher.properties(PublisherConfig.of("127.0.0.1:1", "quiet"));

    assertThat(new ProducerConfig(serialized(properties)))
        .extracting(config -> config.getLong(ProducerConfig.METADATA_MAX_IDLE_CONFIG))
        .isEqualTo(Duration.ofDays(3_650).toMillis());
  }

  private static Properties serialized(Properties properties) {
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  @Test
  void manyConversationsAreSpreadOverAllPartitions() {
    try (var kafka = kafka(true);
        var publisher = publisher(kafka)) {
      for (int round = 0; round < 1_000; round++) {
        publisher.publishBeside(TOPIC, Ids.uuid7().toString(), "key", VALUE);
      }
      var partitions = new HashSet<Integer>();
      kafka.history().forEach(sent -> partitions.add(sent.partition()));
      assertThat(partitions).hasSize(12);
    }
  }

  @Test
  void overTheBoundARecordIsRefusedAtOnceAndBelowItTakenAgain() {
    try (var kafka = kafka(false);
        var publisher = publisher(kafka)) {
      var first = publisher.publish(TOPIC, "a", VALUE);
      var second = publisher.publish(TOPIC, "b", VALUE);
      var third = publisher.publish(TOPIC, "c", VALUE);
      assertThat(third.toCompletableFuture())
          .failsWithin(Duration.ZERO)
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOfSatisfying(
              PublishRefusedException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));
      kafka.completeNext();
      assertThat(first.toCompletableFuture()).isCompleted();
      assertThat(second.toCompletableFuture()).isNotDone();
      assertThat(publisher.publish(TOPIC, "c", VALUE).toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void aRecordThatTheLogDoesNotConfirmFailsAsUnavailable() {
    try (var kafka = kafka(false);
        var publisher = publisher(kafka)) {
      var sent = publisher.publish(TOPIC, "a", VALUE);
      kafka.errorNext(new IllegalStateException("gone"));
      assertThat(sent.toCompletableFuture())
          .failsWithin(Duration.ZERO)
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOfSatisfying(
              PublishRefusedException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
  }

  private static RecordPublisher publisher(MockProducer<String, byte[]> kafka) {
    return new RecordPublisher(
        new PublisherConfig(
            KafkaConnection.plain("none"), "test", IN_FLIGHT_MAX, Duration.ofSeconds(1), 0),
        kafka);
  }

  private static MockProducer<String, byte[]> kafka(boolean confirming) {
    var node = new Node(0, "localhost", 1);
    var partitions =
        IntStream.range(0, 12)
            .mapToObj(number ->
                new PartitionInfo(TOPIC, number, node, new Node[] {node}, new Node[] {node}))
            .toList();
    var cluster = new Cluster("test", List.of(node), partitions, new HashSet<>(), new HashSet<>());
    return new MockProducer<>(
        cluster, confirming, null, new StringSerializer(), new ByteArraySerializer());
  }
}
