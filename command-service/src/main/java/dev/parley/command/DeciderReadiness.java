package dev.parley.command;

import dev.parley.command.topology.DecidingNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Whether this node decides, and which partitions it has stopped at which offset.
@Readiness
@ApplicationScoped
public class DeciderReadiness implements HealthCheck {

  private final CommandService service;

  @Inject
  DeciderReadiness(CommandService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health = HealthCheckResponse.named("decider");
    DecidingNode node = service.deciding();
    if (node == null) {
      return health.down().withData("state", "waiting for the log").build();
    }
    health.withData("state", node.state().name());
    health.withData("peers", String.join(", ", node.peers()));
    node.stopped()
        .forEach((partition, stop) ->
            health.withData(
                "stopped " + partition, "at offset " + stop.offset() + ": " + stop.reason()));
    boolean decides = node.state() == KafkaStreams.State.RUNNING && node.stopped().isEmpty();
    return health.status(decides).build();
  }
}
