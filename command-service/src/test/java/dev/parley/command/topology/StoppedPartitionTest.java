package dev.parley.command.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.CommandServiceConfig;
import dev.parley.command.decider.RandomCommands;
import dev.parley.command.door.Awaiting;
import dev.parley.stack.test.TestEngines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command that nobody can read, on a real broker.
class StoppedPartitionTest {

  private static final Duration BOUND = Duration.ofSeconds(90);

  @Test
  void undecidableCommandStopsItsPartitionAndNoOther(@TempDir Path folder) {
    String name = "stopped-" + UUID.randomUUID();
    TestTopics topics = new TestTopics(TestEngines.kafka().bootstrapServers(), 2);
    Logs logs = new Logs(name, name + "-events", name + "-rejections");
    topics.create(logs.commands(), logs.events(), logs.rejections());
    List<RandomCommands.Timed> commands = new RandomCommands(1, 4, 8).take(400);
    topics.publish(name, commands.subList(0, 200));
    long offset = poison(topics, name, 0);
    topics.publish(name, commands.subList(200, 400));

    CommandServiceConfig config =
        TestConfig.of(
            Map.of(
                "parley.kafka.bootstrap-servers",
                topics.bootstrap(),
                "parley.decider.application-id",
                name,
                "parley.decider.threads",
                "2",
                "parley.decider.state-directory",
                folder.toString()));
    try (DecidingNode node = new DecidingNode(config, StreamsProperties.of(config, "node"), logs)) {
      node.start();
      TopicPartition broken = new TopicPartition(name, 0);
      TopicPartition sound = new TopicPartition(name, 1);
      Awaiting.atMost(
          BOUND,
          () ->
              topics.committedOffset(name, sound) == topics.end(sound)
                  && topics.committedOffset(name, broken) == offset
                  && node.state() == KafkaStreams.State.RUNNING);
      assertThat(node.stopped()).containsOnlyKeys(broken);
      assertThat(node.stopped())
          .hasEntrySatisfying(
              broken,
              stop -> {
                assertThat(stop.offset()).isEqualTo(offset);
                assertThat(stop.reason()).contains("Expected a command");
              });
      long after = topics.end(sound);
      topics.publish(name, new RandomCommands(2, 4, 8).take(200));
      Awaiting.atMost(BOUND, () -> topics.committedOffset(name, sound) == topics.end(sound));
      assertThat(topics.end(sound)).isGreaterThan(after);
      assertThat(topics.committedOffset(name, broken)).isEqualTo(offset);
    }
  }

  /// @return its offset
  private static long poison(TestTopics topics, String topic, int partition) {
    try (KafkaProducer<String, byte[]> producer = topics.producer()) {
      return producer
          .send(new ProducerRecord<>(topic, partition, "key", new byte[] {1, 2, 3}))
          .get()
          .offset();
    } catch (InterruptedException | java.util.concurrent.ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
