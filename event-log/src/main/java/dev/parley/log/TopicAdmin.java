package dev.parley.log;

import dev.parley.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the topics, and waits for them.
public final class TopicAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);
  private static final Duration ASK_EVERY = Duration.ofMillis(250);
  private static final int ASK_TIMEOUT_MILLIS = 5_000;

  private TopicAdmin() {}

  /// Creates the topics that do not exist; those that do keep their partitions.
  ///
  /// @param replication copies of each partition
  /// @param wait longest wait for the broker
  /// @throws TransientException if the broker does not answer
  /// @throws IllegalStateException if a topic exists with another number of partitions: they never
  ///   change in an epoch
  public static void ensure(
      KafkaConnection kafka, int partitions, short replication, Duration wait) {
    try (var admin = admin(kafka)) {
      var existing = existing(admin, wait);
      var missing = Topics.ALL.stream().filter(t -> !existing.contains(t.name())).toList();
      for (var topic : missing) {
        create(admin, topic, partitions, replication);
      }
      awaitAll(admin, Topics.ALL.stream().map(Topics.Spec::name).toList(), wait)
          .forEach((name, topic) -> checkPartitions(topic, partitions));
    }
  }

  /// Waits until the topics exist.
  ///
  /// @throws TransientException if they do not within `wait`
  public static void await(KafkaConnection kafka, Collection<String> topics, Duration wait) {
    try (var admin = admin(kafka)) {
      awaitAll(admin, topics, wait);
    }
  }

  /// As [#ensure(KafkaConnection,int,short,Duration)], for brokers that ask for nothing.
  public static void ensure(
      String bootstrapServers, int partitions, short replication, Duration wait) {
    ensure(KafkaConnection.plain(bootstrapServers), partitions, replication, wait);
  }

  /// As [#await(KafkaConnection,Collection,Duration)], for brokers that ask for nothing.
  public static void await(String bootstrapServers, Collection<String> topics, Duration wait) {
    await(KafkaConnection.plain(bootstrapServers), topics, wait);
  }

  private static void create(Admin admin, Topics.Spec topic, int partitions, short replication) {
    try {
      admin
          .createTopics(
              List.of(new NewTopic(topic.name(), partitions, replication).configs(topic.config())))
          .all()
          .get();
      LOG.info("Created topic {} with {} partitions", topic.name(), partitions);
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw new TransientException("Could not create topic " + topic.name(), failed);
      }
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  private static void checkPartitions(TopicDescription topic, int wanted) {
    int found = topic.partitions().size();
    if (found != wanted) {
      throw new IllegalStateException(
          "Expected topic %s to have %d partitions, but it has %d: the number never changes within an epoch"
              .formatted(topic.name(), wanted, found));
    }
  }

  private static Set<String> existing(Admin admin, Duration wait) {
    return asking(wait, "The log does not answer", () -> admin.listTopics().names().get());
  }

  /// A topic is there once each partition answers for its end: a record that is sent before its
  /// leader knows the partition is refused, and an idempotent producer with more records on their
  /// way then stumbles over the gap.
  private static Map<String, TopicDescription> awaitAll(
      Admin admin, Collection<String> topics, Duration wait) {
    return asking(
        wait,
        "Topics are missing: " + topics,
        () -> {
          var described = admin.describeTopics(topics).allTopicNames().get();
          admin.listOffsets(ends(described.values())).all().get();
          return described;
        });
  }

  private static Map<TopicPartition, OffsetSpec> ends(Collection<TopicDescription> topics) {
    var ends = new HashMap<TopicPartition, OffsetSpec>();
    for (var topic : topics) {
      for (var partition : topic.partitions()) {
        ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    return ends;
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private static <T> T asking(Duration wait, String complaint, Question<T> question) {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      try {
        return question.ask();
      } catch (ExecutionException notYet) {
        if (System.nanoTime() - deadline > 0) {
          throw new TransientException(complaint, notYet);
        }
        LOG.debug("{}, asks again", complaint, notYet);
      } catch (InterruptedException interrupted) {
        throw interrupted(interrupted);
      }
      try {
        Thread.sleep(ASK_EVERY);
      } catch (InterruptedException interrupted) {
        throw interrupted(interrupted);
      }
    }
  }

  private static TransientException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new TransientException("Interrupted while waiting for the log", cause);
  }

  private static Admin admin(KafkaConnection kafka) {
    var properties = kafka.client();
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ASK_TIMEOUT_MILLIS);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ASK_TIMEOUT_MILLIS);
    return Admin.create(properties);
  }
}
