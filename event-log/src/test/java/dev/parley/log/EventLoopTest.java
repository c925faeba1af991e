package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.stack.test.TestEngines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {

  private static final String BROKER = TestEngines.kafka().bootstrapServers();

  private final String topic = "loop-" + UUID.randomUUID();
  private final Recorder recorder = new Recorder(topic);
  private EventLoop loop = newLoop(LoopConfig.committed(BROKER, topic));

  @BeforeEach
  void createTopic() throws ExecutionException, InterruptedException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", BROKER))) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }
  }

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  @Test
  void everythingComesOnceAndInTheOrderOfItsPartition() {
    publish(0, IntStream.range(0, 500).mapToObj(i -> "a" + i).toList());
    publish(1, IntStream.range(0, 500).mapToObj(i -> "b" + i).toList());

    loop.start();

    soon().untilAsserted(() -> assertThat(recorder.values).hasSize(1_000));
    assertThat(recorder.values.stream().filter(v -> v.startsWith("a")))
        .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> "a" + i).toList());
  }

  @Test
  void aNewLoopGoesOnWhereTheProjectionStands() {
    publish(0, List.of("one", "two"));
    loop.start();
    soon().untilAsserted(() -> assertThat(recorder.values).containsExactly("one", "two"));
    loop.close();
    publish(0, List.of("three"));

    loop = newLoop(LoopConfig.committed(BROKER, topic));
    loop.start();

    soon().untilAsserted(() -> assertThat(recorder.values).containsExactly("one", "two", "three"));
  }

  @Test
  void aPassingFaultDelaysAndLosesNothing() {
    var faults = new AtomicInteger(3);
    recorder.before =
        batch -> {
          if (faults.getAndDecrement() > 0) {
            throw new TransientException("planted");
          }
        };
    publish(0, List.of("one", "two"));
    publish(1, List.of("three"));

    loop.start();

    soon()
        .untilAsserted(
            () -> assertThat(recorder.values).containsExactlyInAnyOrder("one", "two", "three"));
    assertThat(faults.get()).isNegative();
    assertThat(loop.status().healthy()).isTrue();
  }

  @Test
  void anEntryThatCannotBeHandledStopsItsPartitionThereAndNoOther() {
    recorder.before =
        batch -> {
          for (var entry : batch.entries()) {
            if (new String(entry.value(), StandardCharsets.UTF_8).equals("broken")) {
              throw new IllegalArgumentException("planted");
            }
          }
        };
    publish(0, List.of("one", "two", "broken", "three"));
    publish(1, List.of("four"));

    loop.start();

    // A loop that has not begun is not healthy either: the stop itself is waited for.
    soon()
        .untilAsserted(
            () -> assertThat(loop.status().partitions()).anyMatch(p -> p.stopped() != null));
    assertThat(loop.status().healthy()).isFalse();
    publish(1, List.of("five"));
    soon()
        .untilAsserted(() ->
            assertThat(recorder.values).containsExactlyInAnyOrder("one", "two", "four", "five"));
    assertThat(loop.status().partitions())
        .filteredOn(p -> p.stopped() != null)
        .singleElement()
        .satisfies(stopped ->
            assertThat(stopped.stopped()).contains(topic + "-0 stopped at offset 2", "planted"));
  }

  @Test
  void aPositionThatSomebodyElseMovedIsAskedForAgain() {
    publish(0, List.of("one", "two", "three"));
    var moved = new AtomicBoolean();
    recorder.before =
        batch -> {
          if (moved.compareAndSet(false, true)) {
            recorder.stored.put(new LogPartition(topic, 0), 2L);
          }
        };

    loop.start();

    soon().untilAsserted(() -> assertThat(recorder.values).containsExactly("three"));
  }

  @Test
  void withTheGroupsPositionARestartGoesOnAfterTheLastEntry() {
    loop = newLoop(LoopConfig.uncommitted(BROKER, topic));
    publish(0, List.of("one"));
    loop.start();
    soon().untilAsserted(() -> assertThat(recorder.values).containsExactly("one"));
    loop.close();
    publish(0, List.of("two"));

    loop = newLoop(LoopConfig.uncommitted(BROKER, topic));
    loop.start();

    soon().untilAsserted(() -> assertThat(recorder.values).containsExactly("one", "two"));
  }

  @Test
  void onlyAnUncommittedReaderSeesAnOpenTransaction() {
    var uncommitted = new Recorder(topic);
    try (var producer = producer(Map.of("transactional.id", topic));
        var early = new EventLoop(LoopConfig.uncommitted(BROKER, topic + "-early"), uncommitted)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record(0, "pending"));
      producer.flush();
      early.start();
      loop.start();

      soon().untilAsserted(() -> assertThat(uncommitted.values).containsExactly("pending"));
      assertThat(recorder.values).isEmpty();
      producer.commitTransaction();
      soon().untilAsserted(() -> assertThat(recorder.values).containsExactly("pending"));
    }
  }

  @Test
  void whatGathersComesInOneBatch() throws Exception {
    publish(0, List.of("first"));
    loop = newLoop(LoopConfig.committed(BROKER, topic).withGather(Duration.ofSeconds(2)));
    var batches = new AtomicInteger();
    recorder.before = _ -> batches.incrementAndGet();
    loop.start();
    soon().untilAsserted(() -> assertThat(recorder.values).contains("first"));
    int before = batches.get();

    // Each is in the log before the next is sent.
    try (var producer = producer(Map.of())) {
      for (int i = 0; i < 20; i++) {
        producer.send(record(0, "value" + i)).get();
      }
    }

    soon().untilAsserted(() -> assertThat(recorder.values).hasSize(21));
    // The first of them may have been fetched by itself; one by one they come in about twenty.
    assertThat(batches.get() - before).isBetween(1, 3);
  }

  @Test
  void aBacklogIsNotKeptBack() {
    var backlog = IntStream.range(0, 3_000).mapToObj(i -> "value" + i).toList();
    publish(0, backlog);
    // Thirty batches: a minute, if each were kept back.
    loop = newLoop(LoopConfig.committed(BROKER, topic).withGather(Duration.ofSeconds(2)));
    loop.start();

    soon().untilAsserted(() -> assertThat(recorder.values).isEqualTo(backlog));
  }

  private EventLoop newLoop(LoopConfig config) {
    return new EventLoop(
        config.withBatch(100, 1 << 20).withRetry(Duration.ofMillis(10), Duration.ofMillis(50)),
        recorder);
  }

  private void publish(int partition, List<String> values) {
    try (var producer = producer(Map.of())) {
      values.forEach(value -> producer.send(record(partition, value)));
    }
  }

  private ProducerRecord<String, byte[]> record(int partition, String value) {
    return new ProducerRecord<>(topic, partition, "key", value.getBytes(StandardCharsets.UTF_8));
  }

  private static KafkaProducer<String, byte[]> producer(Map<String, Object> more) {
    var properties = new Properties();
    properties.put("bootstrap.servers", BROKER);
    properties.putAll(more);
    return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }
}
