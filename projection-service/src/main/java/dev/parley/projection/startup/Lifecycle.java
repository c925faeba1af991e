package dev.parley.projection.startup;

import dev.parley.log.RecordPublisher;
import dev.parley.log.TopicAdmin;
import dev.parley.log.TransientException;
import dev.parley.log.UserTable;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.delivery.DeliveryProjection;
import dev.parley.projection.replay.ViewKeeper;
import dev.parley.projection.views.ViewDatabase;
import dev.parley.schemas.topic.Topics;
import dev.parley.tls.TlsFiles;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the loops in the order in which they need each other, on a thread of its own: what is not
/// there yet is waited for, and health says for what.
@Singleton
public class Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration START_END_WAIT = Duration.ofSeconds(5);
  private static final String URL_PREFIX = "vertx-reactive:";

  private final ProjectionConfig config;
  private final Vertx vertx;
  private final Pool pool;
  private final UserTable users;
  private final ViewKeeper keeper;
  private final DeliveryProjection delivery;
  private final Parts.DeliveryLoop deliveryLoop;
  private final TimerParts timers;
  private final RecordPublisher marks;
  private final PgConnectOptions postgres;
  private final Thread thread;
  private volatile @Nullable String waitingFor = "the start";
  private volatile boolean closing;

  Lifecycle(
      ProjectionConfig config,
      Vertx vertx,
      Pool pool,
      UserTable users,
      ViewKeeper keeper,
      DeliveryProjection delivery,
      Parts.DeliveryLoop deliveryLoop,
      TimerParts timers,
      RecordPublisher marks,
      @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
    this.config = config;
    this.vertx = vertx;
    this.pool = pool;
    this.users = users;
    this.keeper = keeper;
    this.delivery = delivery;
    this.deliveryLoop = deliveryLoop;
    this.timers = timers;
    this.marks = marks;
    this.postgres = options(url, user, password);
    this.thread = Thread.ofPlatform().name("projection-start").unstarted(this::run);
  }

  private static PgConnectOptions options(String url, String user, Optional<String> password) {
    var uri = url.startsWith(URL_PREFIX) ? url.substring(URL_PREFIX.length()) : url;
    var options = TlsFiles.ofProcess().on(PgConnectOptions.fromUri(uri).setUser(user));
    password.ifPresent(options::setPassword);
    return options;
  }

  /// What the start still waits for; null once everything runs.
  @Nullable String waitingFor() {
    return waitingFor;
  }

  void start(@Observes StartupEvent started) {
    thread.start();
  }

  private void run() {
    var kafka = Parts.kafka(config);
    var topics = List.of(Topics.EVENTS, Topics.REJECTIONS, Topics.USERS, Topics.MARKS);
    until(
        "the topics of the log",
        () -> TopicAdmin.await(kafka, topics, config.kafka().topicsWait()));
    // Delivery first: it needs nothing but Redis, and people wait for it.
    until("delivery", deliveryLoop.loop()::start);
    until("Postgres", () -> ViewDatabase.create(vertx, postgres, pool));
    until("the people", this::awaitPeople);
    until("the views", keeper::start);
    until("the timers", timers::start);
    waitingFor = closing ? "the end" : null;
    LOG.info("projection-service is following the log");
  }

  private void awaitPeople() {
    if (!users.awaitLoaded(config.kafka().topicsWait())) {
      throw new TransientException(
          "The people were not read within " + config.kafka().topicsWait());
    }
  }

  private void until(String what, Runnable step) {
    while (!closing) {
      waitingFor = what;
      try {
        step.run();
        return;
      } catch (RuntimeException notYet) {
        waitingFor = what + ": " + notYet.getMessage();
        LOG.warn("Waits for {}: {}", what, notYet.getMessage());
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException interrupted) {
      closing = true;
    }
  }

  /// Against the order of the start; each part ends what it has in hand, for a bounded time.
  void stop(@Observes ShutdownEvent ended) {
    closing = true;
    endStart();
    timers.close();
    keeper.close();
    // The loops of the views wrote marks until now.
    marks.close();
    deliveryLoop.loop().close();
    delivery.close();
  }

  /// Nothing is started any more once this has returned.
  private void endStart() {
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(START_END_WAIT)) {
        LOG.warn("The start did not end within {}", START_END_WAIT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
