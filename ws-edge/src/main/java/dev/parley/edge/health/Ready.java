package dev.parley.edge.health;

import dev.parley.edge.Edge;
import dev.parley.edge.socket.Sockets;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Whether new sockets are welcome: Redis is reached, and the node is not going down.
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {

  private final Edge edge;
  private final Sockets sockets;

  Ready(Edge edge, Sockets sockets) {
    this.edge = edge;
    this.sockets = sockets;
  }

  @Override
  public HealthCheckResponse call() {
    var redis = edge.isRedisReached();
    var draining = sockets.isDraining();
    return HealthCheckResponse.named("edge")
        .status(redis && !draining)
        .withData("node", edge.node().name())
        .withData("redis", redis ? "reached" : "away")
        .withData("draining", draining)
        .withData("sockets", sockets.count())
        .build();
  }
}
