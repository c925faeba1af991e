package dev.parley.projection.startup;

import dev.parley.log.CommandPublisher;
import dev.parley.log.EventLoop;
import dev.parley.log.KafkaConnection;
import dev.parley.log.LoopConfig;
import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.log.UserTable;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.delivery.ConversationsOf;
import dev.parley.projection.delivery.DeliveryProjection;
import dev.parley.projection.replay.ViewKeeper;
import dev.parley.projection.timers.Senders;
import dev.parley.projection.timers.TimerClock;
import dev.parley.projection.timers.TimerStore;
import dev.parley.projection.timers.TimersProjection;
import dev.parley.projection.views.MarksAgain;
import dev.parley.projection.views.ViewsProjection;
import dev.parley.tls.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Makes the long-lived parts; [Lifecycle] starts and stops them.
public class Parts {

  // More than a window of calls: that one is the limit.
  private static final int REDIS_CALLS_MAX = 65_536;

  static KafkaConnection kafka(ProjectionConfig config) {
    return new KafkaConnection(config.kafka().bootstrapServers(), config.kafka().properties());
  }

  @Produces
  @Singleton
  RecordPublisher marks(ProjectionConfig config) {
    return new RecordPublisher(PublisherConfig.of(kafka(config), "parley-views"));
  }

  @Produces
  @Singleton
  ViewKeeper keeper(ProjectionConfig config, Pool pool, UserTable users, RecordPublisher marks) {
    var marksAgain = MarksAgain.into(marks, config.views().writeTimeout());
    return new ViewKeeper(
        pool,
        config.views(),
        (version, nth) ->
            new EventLoop(
                viewsLoop(config, version),
                ViewsProjection.of(version, nth, pool, users, marksAgain, config.views())));
  }

  private static LoopConfig viewsLoop(ProjectionConfig config, int version) {
    var limits = config.views();
    return LoopConfig.committed(kafka(config), "parley-views-" + version)
        .withBatch(limits.batchEntriesMax(), limits.batchBytesMax())
        .withGather(limits.gather())
        .withRetry(limits.retryFirst(), limits.retryMax());
  }

  @Produces
  @Singleton
  DeliveryProjection delivery(
      ProjectionConfig config,
      Vertx vertx,
      @ConfigProperty(name = "quarkus.redis.hosts") String redis,
      Pool pool) {
    return new DeliveryProjection(
        () -> Redis.createClient(vertx, oneConnection(redis)),
        config.delivery(),
        new ConversationsOf(pool, config.delivery().profileConversationsMax()));
  }

  private static RedisOptions oneConnection(String address) {
    return TlsFiles.ofProcess()
        .redis(address)
        .setMaxPoolSize(1)
        .setMaxPoolWaiting(1)
        .setMaxWaitingHandlers(REDIS_CALLS_MAX);
  }

  @Produces
  @Singleton
  DeliveryLoop deliveryLoop(ProjectionConfig config, DeliveryProjection delivery) {
    var limits = config.delivery();
    return new DeliveryLoop(
        new EventLoop(
            LoopConfig.uncommitted(kafka(config), "parley-delivery")
                .withBatch(limits.batchEntriesMax(), limits.batchBytesMax())
                .withRetry(limits.retryFirst(), limits.retryMax()),
            delivery));
  }

  @Produces
  @Singleton
  TimerStore timerStore(Pool pool) {
    return new TimerStore(pool);
  }

  @Produces
  @Singleton
  CommandPublisher commands(ProjectionConfig config) {
    return new CommandPublisher(PublisherConfig.of(kafka(config), "parley-timers"));
  }

  @Produces
  @Singleton
  TimerClock timerClock(
      TimerStore store, CommandPublisher commands, UserTable users, ProjectionConfig config) {
    var senders = new Senders(users::profile);
    return new TimerClock(store, due -> commands.publish(senders.instead(due)), config.timers());
  }

  @Produces
  @Singleton
  TimersLoop timersLoop(ProjectionConfig config, TimerStore store) {
    var limits = config.views();
    return new TimersLoop(
        new EventLoop(
            LoopConfig.committed(kafka(config), "parley-timers")
                .withBatch(limits.batchEntriesMax(), limits.batchBytesMax())
                .withGather(
                    Collections.min(List.of(config.timers().interval(), LoopConfig.GATHER_MAX)))
                .withRetry(limits.retryFirst(), limits.retryMax()),
            new TimersProjection(store)));
  }

  /// The loop that drives the timers.
  record TimersLoop(EventLoop loop) {}

  /// The loop that drives delivery, told apart from those of the views.
  record DeliveryLoop(EventLoop loop) {}
}
