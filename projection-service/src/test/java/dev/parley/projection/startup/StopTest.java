package dev.parley.projection.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.TopicAdmin;
import dev.parley.log.UserTable;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.testing.Await;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.projection.testing.TestLimits;
import dev.parley.schemas.content.MasterKey;
import dev.parley.stack.process.Ports;
import dev.parley.stack.test.TestEngines;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The parts of the service, put together, started and stopped as the service does.
class StopTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String ENDED = "the end";

  private final TestDatabase database = new TestDatabase();

  @AfterEach
  void close() {
    if (users != null) {
      users.close();
    }
    database.close();
  }

  /// Threads of the service: those of Vert.x and of the engines are not its own.
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name ->
            name.startsWith("loop-")
                || name.startsWith("kafka-")
                || Set.of("projection-start", "views-keeper", "timers").contains(name))
        .collect(Collectors.toSet());
  }

  private @Nullable UserTable users;

  private Lifecycle lifecycle(String kafka) {
    ProjectionConfig config = TestLimits.with(Map.of("parley.kafka.bootstrap-servers", kafka));
    var parts = new Parts();
    var pool = database.pool();
    // The door's, which outlives these parts.
    users = new UserTable(kafka, MasterKey.ofBase64(MasterKey.randomBase64()));
    users.start();
    var marks = parts.marks(config);
    var store = parts.timerStore(pool);
    var commands = parts.commands(config);
    var delivery = parts.delivery(config, database.vertx(), TestEngines.redis().url(), pool);
    return new Lifecycle(
        config,
        database.vertx(),
        pool,
        users,
        parts.keeper(config, pool, users, marks),
        delivery,
        parts.deliveryLoop(config, delivery),
        new TimerParts(
            store,
            parts.timersLoop(config, store),
            parts.timerClock(store, commands, users, config),
            commands,
            config),
        marks,
        TestEngines.postgres().reactiveUrl().replace("/parley", "/" + database.name()),
        TestEngines.postgres().user(),
        Optional.of(TestEngines.postgres().password()));
  }

  @Test
  void nothingOfARunningServiceOutlivesItsStop() {
    var kafka = TestEngines.kafka().bootstrapServers();
    TopicAdmin.ensure(kafka, 3, (short) 1, BOUND);
    var before = threads();
    var lifecycle = lifecycle(kafka);
    lifecycle.start(new StartupEvent());
    Await.until("it runs", BOUND, () -> lifecycle.waitingFor() == null);
    assertThat(threads())
        .contains("views-keeper", "timers", "loop-delivery", "loop-timers")
        .anyMatch(name -> name.contains("producer") && name.contains("parley-views"));

    lifecycle.stop(new ShutdownEvent());

    Await.until("its threads have ended", BOUND, () -> before.containsAll(threads()));
  }

  @Test
  void aServiceThatStillWaitsForItsEnginesStopsAsWell() {
    var before = threads();
    var lifecycle = lifecycle("127.0.0.1:" + Ports.free());
    lifecycle.start(new StartupEvent());

    lifecycle.stop(new ShutdownEvent());

    assertThat(lifecycle.waitingFor()).isEqualTo(ENDED);
    Await.until("its threads have ended", BOUND, () -> before.containsAll(threads()));
  }
}
