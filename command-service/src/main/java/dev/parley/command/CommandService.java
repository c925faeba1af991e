package dev.parley.command;

import dev.parley.command.topology.DecidingNode;
import dev.parley.command.topology.StreamsProperties;
import dev.parley.log.TopicAdmin;
import dev.parley.log.TransientException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts and stops the decider of this node, and says how it is.
///
/// The log may come later than this service: until it is there the service stays up, with red
/// readiness, and tries again.
@ApplicationScoped
public class CommandService {

  private static final Logger LOG = LoggerFactory.getLogger(CommandService.class);
  private static final Duration START_END_WAIT = Duration.ofSeconds(5);

  private final CommandServiceConfig config;
  private final String node;
  private volatile @Nullable DecidingNode deciding;
  private volatile boolean closing;
  private @Nullable Thread starting;

  @Inject
  CommandService(CommandServiceConfig config, Node node) {
    this.config = config;
    this.node = node.name();
  }

  void start(@Observes StartupEvent started) {
    starting = Thread.ofPlatform().name("decider-start").start(this::startWhenLogIsThere);
  }

  /// Null as long as the log has not been reached.
  public @Nullable DecidingNode deciding() {
    return deciding;
  }

  /// After the door: the requests that were running needed the decider.
  void stop(@Observes @Priority(200) ShutdownEvent stopping) {
    closing = true;
    endStart();
    DecidingNode running = deciding;
    if (running != null && running.state() != KafkaStreams.State.NOT_RUNNING) {
      running.close();
    }
  }

  /// No decider comes into being any more once this has returned.
  private void endStart() {
    Thread start = starting;
    if (start == null) {
      return;
    }
    start.interrupt();
    try {
      if (!start.join(START_END_WAIT)) {
        LOG.warn("The start did not end within {}", START_END_WAIT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void startWhenLogIsThere() {
    while (!closing) {
      try {
        TopicAdmin.ensure(
            StreamsProperties.kafka(config),
            config.topics().partitions(),
            config.topics().replication(),
            config.topics().startWait());
        DecidingNode made = new DecidingNode(config, node);
        deciding = made;
        made.start();
        LOG.info("Node {} decides", node);
        return;
      } catch (TransientException notThere) {
        LOG.warn("{}; tries again", notThere.getMessage());
      } catch (RuntimeException fatal) {
        LOG.error("The decider cannot start", fatal);
        Quarkus.asyncExit(1);
        return;
      }
    }
  }
}
