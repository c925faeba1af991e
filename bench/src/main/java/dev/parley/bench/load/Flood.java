package dev.parley.bench.load;

import dev.parley.log.CommandPublisher;
import dev.parley.log.PublisherConfig;
import dev.parley.log.UserTable;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.wire.CommandSealer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Messages appended to the log past the doors, as fast as Kafka takes them: a backlog for the
/// decider and for what follows it.
final class Flood {

  private static final int IN_FLIGHT_MAX = 5_000;
  private static final int LINGER_MILLIS = 5;
  private static final Duration WAIT = Duration.ofMinutes(2);
  private static final Duration DECIDED_LIMIT = Duration.ofMinutes(10);
  private static final String GROUP = "parley-decider";
  private static final int WORDS = 20_000;
  private static final int WORDS_OF_ONE = 12;

  /// Who writes where.
  record Place(UUID conversation, UUID author) {}

  private final Engines engines;
  // The same texts in each run.
  private final Random random = new Random(7);

  Flood(Engines engines) {
    this.engines = engines;
  }

  /// Returns when all are in the log.
  void pour(List<Place> places, int count) throws InterruptedException {
    var kafka = engines.kafka();
    var free = new Semaphore(IN_FLIGHT_MAX);
    var failure = new AtomicReference<@Nullable Throwable>();
    try (var users = new UserTable(kafka, engines.masterKey());
        var publisher =
            new CommandPublisher(
                new PublisherConfig(kafka, "bench", 2 * IN_FLIGHT_MAX, WAIT, LINGER_MILLIS))) {
      users.start();
      if (!users.awaitLoaded(WAIT)) {
        throw new IllegalStateException("Expected the people of the log within " + WAIT);
      }
      publisher.prepare(WAIT);
      var sealer = new CommandSealer(users);
      for (int i = 0; i < count; i++) {
        free.acquire();
        var unused =
            publisher
                .publish(message(sealer, places.get(i % places.size())))
                .whenComplete((_, failed) -> {
                  free.release();
                  failure.compareAndSet(null, failed);
                });
        var failed = failure.get();
        if (failed != null) {
          throw new IllegalStateException("Expected Kafka to take all commands", failed);
        }
      }
      free.acquire(IN_FLIGHT_MAX);
    }
  }

  /// Returns when the decider has committed its decision of everything that is in the log.
  void awaitDecided() throws InterruptedException {
    try (var admin = Admin.create(engines.kafka().client())) {
      var topic = admin.describeTopics(List.of(Topics.COMMANDS)).allTopicNames().get();
      var asked = new HashMap<TopicPartition, OffsetSpec>();
      for (var described : topic.values()) {
        for (var partition : described.partitions()) {
          var at = new TopicPartition(described.name(), partition.partition());
          asked.put(at, OffsetSpec.latest());
        }
      }
      var ends = new HashMap<TopicPartition, Long>();
      admin.listOffsets(asked).all().get().forEach((at, end) -> ends.put(at, end.offset()));
      long deadline = System.nanoTime() + DECIDED_LIMIT.toNanos();
      while (behind(admin, ends) > 0) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("Expected all to be decided within " + DECIDED_LIMIT);
        }
        Thread.sleep(50);
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("Expected Kafka to tell how far the decider is", failed);
    }
  }

  private static long behind(Admin admin, Map<TopicPartition, Long> ends)
      throws InterruptedException, ExecutionException {
    var committed = admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
    return ends.entrySet().stream()
        .mapToLong(end -> {
          var at = committed.get(end.getKey());
          return end.getValue() - (at == null ? 0 : at.offset());
        })
        .sum();
  }

  private CommandEnvelope message(CommandSealer sealer, Place place) {
    var id = Ids.uuid7();
    var plain = new Command.SendMessage(new Body.Plain(new Content(text(), List.of())), null, null);
    return switch (sealer.seal(plain, place.conversation(), id, place.author())) {
      case CommandSealer.Result.Sealed(var sealed) ->
          new CommandEnvelope(id, place.conversation(), place.author(), Origin.NONE, "", sealed);
      case CommandSealer.Result.KeyMissing _, CommandSealer.Result.Refused _ ->
          throw new IllegalStateException("Expected the key of " + place.author());
    };
  }

  /// Words of which some are common and most are rare.
  private String text() {
    var text = new StringBuilder();
    for (int i = 0; i < WORDS_OF_ONE; i++) {
      double skew = random.nextDouble();
      text.append(word((int) (skew * skew * WORDS))).append(' ');
    }
    return text.toString();
  }

  /// The word of that number; low ones are common.
  static String word(int number) {
    return "w" + Integer.toString(number + 10_000, Character.MAX_RADIX);
  }
}
