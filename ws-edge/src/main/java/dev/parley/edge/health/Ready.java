package dev.parley.edge.health;

import dev.parley.edge.Edge;
import dev.parley.edge.EdgeConfig;
import dev.parley.edge.socket.Sockets;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Whether new sockets are welcome, and whatever is wrong, by name.
///
/// Not ready is a node that goes down, or one that could make no session ready or take no command:
/// Redis, the log or the views are away. They are named at once, and turn it red after a grace,
/// since a node that leaves and enters its service at each blip moves connections for nothing. Who
/// is connected stays so either way. A conversation that is stuck is named and stays the business
/// of metrics: it is the same on every node, and the others go on.
///
/// There is no liveness check on purpose: none of this is cured by a restart, which would only send
/// all its clients elsewhere.
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {

  private final Edge edge;
  private final Sockets sockets;
  private final EdgeConfig.Edge config;

  Ready(Edge edge, Sockets sockets, EdgeConfig config) {
    this.edge = edge;
    this.sockets = sockets;
    this.config = config.edge();
  }

  @Override
  public HealthCheckResponse call() {
    var graceMillis = config.awayGrace().toMillis();
    var draining = sockets.isDraining();
    var answer =
        HealthCheckResponse.named("edge")
            .status(!draining && edge.reaches().stream().noneMatch(r -> r.isAwayFor(graceMillis)))
            .withData("node", edge.node().name())
            .withData("draining", draining)
            .withData("sockets", sockets.count());
    edge.reaches().forEach(reach -> answer.withData(reach.name(), reach.toString()));
    tellStuck(answer);
    return answer.build();
  }

  private void tellStuck(HealthCheckResponseBuilder answer) {
    var stuck = edge.hub().stuck(config.stuckAfter().toMillis());
    answer.withData("conversations.stuck", stuck.count());
    if (stuck.first() != null) {
      answer.withData(
          "conversations.stuck.first",
          "%s for %d s".formatted(stuck.first(), stuck.waitingMillis() / 1_000));
    }
  }
}
