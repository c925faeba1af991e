package dev.parley.command;

import dev.parley.command.topology.DecidingNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Red when the topology has ended by itself: a restart of the process is the cure.
@Liveness
@ApplicationScoped
public class DeciderLiveness implements HealthCheck {

  private final CommandService service;

  @Inject
  DeciderLiveness(CommandService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    DecidingNode node = service.deciding();
    String state = node == null ? "waiting for the log" : node.state().name();
    return HealthCheckResponse.named("decider")
        .status(node == null || lives(node.state()))
        .withData("state", state)
        .build();
  }

  private static boolean lives(KafkaStreams.State state) {
    return switch (state) {
      case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> true;
      case NOT_RUNNING, PENDING_ERROR, ERROR -> false;
    };
  }
}
