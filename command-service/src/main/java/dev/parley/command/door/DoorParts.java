package dev.parley.command.door;

import dev.parley.command.CommandServiceConfig;
import dev.parley.command.Node;
import dev.parley.command.topology.StreamsProperties;
import dev.parley.filter.ContentFilter;
import dev.parley.log.CommandPublisher;
import dev.parley.log.KafkaConnection;
import dev.parley.log.PublisherConfig;
import dev.parley.log.TransientException;
import dev.parley.log.UserTable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of the door, put together, started and stopped in order.
@Singleton
public class DoorParts {

  private static final Logger LOG = LoggerFactory.getLogger(DoorParts.class);

  private final CommandServiceConfig config;
  private final UserTable users;
  private final CommandPublisher publisher;
  private final PendingCommands pending;
  private final OutcomeChannel channel;
  private final LogStore log;
  private final ViewsClient views;
  private final CommandDoor door;
  private volatile boolean closing;

  @Inject
  DoorParts(
      CommandServiceConfig config,
      Node node,
      Vertx vertx,
      UserTable users,
      ContentFilter filter,
      @ConfigProperty(name = "quarkus.redis.hosts") String redisUrl) {
    this.config = config;
    this.users = users;
    KafkaConnection kafka = StreamsProperties.kafka(config);
    this.publisher =
        new CommandPublisher(
            new PublisherConfig(
                kafka,
                "door-" + node.name(),
                config.door().inFlightMax(),
                config.door().storeTimeout(),
                config.decider().lingerMillis()));
    this.pending = new PendingCommands(config.door().pendingMax());
    this.channel =
        new OutcomeChannel(
            vertx,
            redisUrl,
            node.name(),
            new OutcomeChannel.Waits(
                config.door().reconnectFirst(),
                config.door().reconnectMax(),
                config.door().signOfLife()),
            pending);
    this.log = new LogStore(config, users, publisher);
    this.views =
        new ViewsClient(
            config.projection().url(), internalSecret(config), config.projection().timeout());
    this.door =
        new CommandDoor(config, node.name(), new Guard(users, filter, views, log), log, pending);
  }

  @Produces
  @Singleton
  CommandDoor door() {
    return door;
  }

  @Produces
  @Singleton
  PersonalDoor personalDoor() {
    return new PersonalDoor(door, views, log, CommandDoor.limits(config.limits()));
  }

  @Produces
  @Singleton
  QueueDoor queueDoor() {
    return new QueueDoor(door, views, log, users, CommandDoor.limits(config.limits()));
  }

  /// Whether outcomes arrive at present.
  public boolean hearsOutcomes() {
    return channel.subscribed();
  }

  void start(@Observes StartupEvent started) {
    channel.start();
    Thread.ofVirtual().name("door-prepare").start(this::learnPartitions);
  }

  /// Requests have been answered by then: Quarkus waits for them first.
  void stop(@Observes @Priority(100) ShutdownEvent stopping) {
    closing = true;
    publisher.close();
    channel.close();
  }

  private void learnPartitions() {
    while (!closing) {
      try {
        publisher.prepare(config.topics().startWait());
        return;
      } catch (TransientException notThere) {
        LOG.warn("{}; asks again", notThere.getMessage());
      }
    }
  }

  private static String internalSecret(CommandServiceConfig config) {
    return config
        .internalSecret()
        .orElseThrow(() ->
            new IllegalStateException(
                "Expected parley.internal-secret (PARLEY_INTERNAL_SECRET), but it is not set"));
  }
}
