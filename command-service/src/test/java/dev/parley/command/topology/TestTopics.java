package dev.parley.command.topology;

import dev.parley.command.decider.RandomCommands;
import dev.parley.command.door.Awaiting;
import dev.parley.schemas.command.CommandCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Topics of one test on the shared broker: writes commands, waits for deciders, reads what they
/// wrote.
record TestTopics(String bootstrap, int partitions) {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration BOUND = Duration.ofSeconds(120);

  /// Returns when every partition is led: before, the first of several batches on their way can be
  /// refused and the second taken, and an idempotent producer never recovers from that.
  void create(String... names) {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(names).stream()
                  // The commands' timestamps are long ago: retention would delete them at once.
                  .map(name ->
                      new NewTopic(name, partitions, (short) 1)
                          .configs(Map.of("retention.ms", "-1")))
                  .toList())
          .all()
          .get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
    for (String name : names) {
      all(name).forEach(partition -> Awaiting.atMost(BOUND, () -> isLed(partition)));
    }
  }

  private boolean isLed(TopicPartition partition) {
    try (Admin admin = admin()) {
      admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get();
      return true;
    } catch (ExecutionException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  void publish(String topic, List<RandomCommands.Timed> commands) {
    try (KafkaProducer<String, byte[]> producer = producer()) {
      for (RandomCommands.Timed timed : commands) {
        producer.send(
            new ProducerRecord<>(
                topic,
                null,
                timed.atMillis(),
                timed.command().conversation().toString(),
                CommandCodec.encode(timed.command())));
      }
    }
  }

  KafkaProducer<String, byte[]> producer() {
    Properties p = new Properties();
    p.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(p, new StringSerializer(), new ByteArraySerializer());
  }

  /// Waits until the group has committed all of the topic.
  void awaitDecided(String group, String topic) {
    try (Admin admin = admin()) {
      Awaiting.atMost(
          BOUND,
          () -> behind(admin, group, topic).isEmpty(),
          () -> group + " is behind: " + behind(admin, group, topic));
    }
  }

  /// Partitions whose end the group has not committed: how far it is, of how much.
  private Map<String, String> behind(Admin admin, String group, String topic) {
    Map<String, String> behind = new TreeMap<>();
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      for (TopicPartition partition : all(topic)) {
        long end =
            admin
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
        OffsetAndMetadata reached = committed.get(partition);
        if (end > 0 && (reached == null || reached.offset() < end)) {
          behind.put(
              partition.toString(), (reached == null ? -1 : reached.offset()) + " of " + end);
        }
      }
      return behind;
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// The group's committed offset, or -1.
  long committedOffset(String group, TopicPartition partition) {
    try (Admin admin = admin()) {
      OffsetAndMetadata committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(partition);
      return committed == null ? -1 : committed.offset();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  long end(TopicPartition partition) {
    try (Admin admin = admin()) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// What is committed in the topic, per partition in order.
  SortedMap<Integer, List<Output>> committed(String topic) {
    SortedMap<Integer, List<Output>> read = new TreeMap<>();
    read(topic, "read_committed", record -> add(read, record));
    return read;
  }

  /// What anybody who reads uncommitted has ever been shown, aborted records too.
  List<ConsumerRecord<String, byte[]>> everShown(String topic) {
    List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
    read(topic, "read_uncommitted", read::add);
    return read;
  }

  KafkaConsumer<String, byte[]> consumer(String topic, String isolation) {
    Properties p = new Properties();
    p.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(p, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.assign(all(topic));
    consumer.seekToBeginning(all(topic));
    return consumer;
  }

  private void read(String topic, String isolation, Consumer<ConsumerRecord<String, byte[]>> each) {
    try (KafkaConsumer<String, byte[]> consumer = consumer(topic, isolation)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(all(topic));
      long deadline = System.nanoTime() + BOUND.toNanos();
      while (!all(topic).stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(each);
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("Expected to reach the end of " + topic);
        }
      }
    }
  }

  private static void add(
      SortedMap<Integer, List<Output>> read, ConsumerRecord<String, byte[]> record) {
    read.computeIfAbsent(record.partition(), _ -> new ArrayList<>())
        .add(Output.of(record.key(), record.value(), record.timestamp(), record.headers()));
  }

  private List<TopicPartition> all(String topic) {
    return IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList();
  }

  private Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
  }
}
