package dev.parley.projection.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.Batch;
import dev.parley.log.EventLoop;
import dev.parley.log.LogPartition;
import dev.parley.log.LoopConfig;
import dev.parley.log.Projection;
import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.log.TopicAdmin;
import dev.parley.log.TransientException;
import dev.parley.log.UserTable;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.testing.Await;
import dev.parley.projection.testing.RandomHistory;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.projection.testing.TestLimits;
import dev.parley.projection.views.ViewsProjection;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.stack.engine.KafkaEngine;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.Ports;
import dev.parley.stack.process.Starter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rebuilds on a real log and a real Postgres, by keepers that come and go.
@SuppressWarnings("NullAway.Init") // Made before each test.
class RebuildTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int EVENTS = 3_000;

  @TempDir Path directory;

  private final TestDatabase database = new TestDatabase();
  private final MasterKey masterKey = MasterKey.ofBase64(MasterKey.randomBase64());
  private KafkaEngine engine;
  private GuardedProcess process;
  private String kafka;
  private UserTable users;
  private RecordPublisher publisher;
  private RandomHistory history;

  @BeforeEach
  void start() throws Exception {
    engine =
        new KafkaEngine(
            Ports.free(),
            Ports.free(),
            Files.createDirectories(directory.resolve("data")),
            directory.resolve("kafka.log"),
            256);
    process = Starter.startAndWait(engine);
    kafka = engine.bootstrapServers();
    TopicAdmin.ensure(kafka, 3, (short) 1, BOUND);
    database.create();
    publisher = new RecordPublisher(PublisherConfig.of(kafka, "test"));
    publisher.prepare(Topics.EVENTS, BOUND);
    publisher.prepare(Topics.USERS, BOUND);
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    history = RandomHistory.of(seed, EVENTS);
    history
        .people()
        .forEach(person ->
            publisher
                .publish(
                    Topics.USERS,
                    person.id().toString(),
                    UserCodec.encode(person.profile(masterKey)))
                .toCompletableFuture()
                .join());
    users = new UserTable(kafka, masterKey);
    users.start();
    assertThat(users.awaitLoaded(BOUND)).isTrue();
  }

  @AfterEach
  void stop() {
    users.close();
    publisher.close();
    database.close();
    process.kill();
  }

  private void publish(List<ChainedEvent> events) {
    CompletableFuture.allOf(
            events.stream()
                .map(event ->
                    publisher
                        .publish(
                            Topics.EVENTS, event.event().conversation().toString(), event.record())
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static ProjectionConfig.Views limits() {
    return TestLimits.with(
            Map.of("parley.views.keep-every", "50ms", "parley.views.compare-lag-max", "100"))
        .views();
  }

  /// As another instance of the service, with another batch size.
  private ViewKeeper keeper(int batchEntries) {
    return keeper(batchEntries, Long.MAX_VALUE);
  }

  /// One that stores no further batch once a version it builds holds this many entries.
  private ViewKeeper keeper(int batchEntries, long entriesMax) {
    var limits = limits();
    return new ViewKeeper(
        database.pool(),
        limits,
        (version, nth) ->
            new EventLoop(
                LoopConfig.committed(kafka, "views-" + version).withBatch(batchEntries, 1 << 20),
                new Stopping(
                    ViewsProjection.of(version, nth, database.pool(), users, _ -> {}, limits),
                    () -> stored(version) >= entriesMax)));
  }

  /// A projection that waits from some point on, as if Postgres were away.
  private record Stopping(Projection projection, BooleanSupplier stops) implements Projection {

    @Override
    public String name() {
      return projection.name();
    }

    @Override
    public Set<String> topics() {
      return projection.topics();
    }

    @Override
    public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
      return projection.positions(partitions);
    }

    @Override
    public void apply(Batch batch) {
      if (stops.getAsBoolean()) {
        throw new TransientException("The test stops it here");
      }
      projection.apply(batch);
    }
  }

  private long stored(int version) {
    return database.number("select count(*) from views_" + version + ".event");
  }

  private static boolean switched(ViewKeeper keeper) {
    return "switched".equals(keeper.status().toJson().get("state").asText());
  }

  @Test
  void aRebuildWithAnotherBatchSizeAndAStopInTheMiddleHasTheSameDigest() {
    publish(history.events().subList(0, EVENTS / 2));
    try (var keeper = keeper(500)) {
      keeper.start();
      Await.until("the view is level", BOUND, () -> stored(1) == EVENTS / 2);
    }
    // A second instance builds one version in small steps, and ends in the middle.
    try (var keeper = keeper(7, 100)) {
      keeper.start();
      keeper.begin().toCompletableFuture().join();
      Await.until("it is on its way", BOUND, () -> stored(2) >= 100);
    }
    assertThat(stored(2)).isBetween(100L, 200L);
    assertThat(database.text("select state from views_control.replay")).isEqualTo("building");

    publish(history.events().subList(EVENTS / 2, EVENTS));
    try (var keeper = keeper(211)) {
      keeper.start();
      Await.until("it is switched", BOUND, () -> switched(keeper));
      Await.until("both are level", BOUND, () -> stored(1) == EVENTS && stored(2) == EVENTS);
      assertThat(DigestReader.of(database, 1)).isEqualTo(DigestReader.of(database, 2));
      assertThat(database.number("select count(*) from views.message"))
          .isEqualTo(history.messages());

      // The one after the next drops what nobody can switch back to.
      keeper.begin().toCompletableFuture().join();
      Await.until(
          "version 1 is gone",
          BOUND,
          () ->
              database.number(
                      "select count(*) from information_schema.schemata where schema_name = 'views_1'")
                  == 0);
      assertThat(database.number("select count(*) from views.event")).isEqualTo(EVENTS);
    }
  }

  @Test
  void aVersionThatDiffersIsNotTakenIntoService() {
    publish(history.events());
    try (var keeper = keeper(500)) {
      keeper.start();
      Await.until("the view is level", BOUND, () -> stored(1) == EVENTS);
      database.run("update views_1.conversation set title = title || '!'");

      keeper.begin().toCompletableFuture().join();
      Await.until(
          "it fails", BOUND, () -> "failed".equals(keeper.status().toJson().get("state").asText()));

      var status = keeper.status().toJson();
      assertThat(status.get("detail").asText()).contains("conversation");
      assertThat(status.get("in_service").asInt()).isEqualTo(1);
      assertThat(status.get("old").get("digest")).isNotEqualTo(status.get("new").get("digest"));
      assertThat(database.number("select count(*) from views_control.gate")).isZero();
    }
  }
}
