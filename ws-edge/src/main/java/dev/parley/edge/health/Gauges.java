package dev.parley.edge.health;

import dev.parley.edge.Edge;
import dev.parley.edge.EdgeConfig;
import dev.parley.edge.socket.Sockets;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// What the node tells the metrics, at `/q/metrics`.
@ApplicationScoped
public class Gauges {

  void register(
      @Observes StartupEvent event,
      MeterRegistry meters,
      Edge edge,
      Sockets sockets,
      EdgeConfig config) {
    Gauge.builder("parley.edge.sockets", sockets, Sockets::count).register(meters);
    Gauge.builder("parley.edge.conversations", edge.hub(), hub -> hub.conversations())
        .register(meters);
    Gauge.builder("parley.edge.commands.pending", edge.commands(), commands -> commands.pending())
        .register(meters);
    for (var reach : edge.reaches()) {
      Gauge.builder("parley.edge.away", reach, r -> r.isAway() ? 1 : 0)
          .tag("what", reach.name())
          .register(meters);
    }
    var stuckMillis = config.edge().stuckAfter().toMillis();
    Gauge.builder(
            "parley.edge.conversations.stuck", edge.hub(), hub -> hub.stuck(stuckMillis).count())
        .register(meters);
    var counters = edge.hub().counters();
    FunctionCounter.builder("parley.edge.events.delivered", counters, c -> c.delivered())
        .register(meters);
    FunctionCounter.builder("parley.edge.gaps", counters, c -> c.gaps()).register(meters);
    FunctionCounter.builder("parley.edge.resumes", counters, c -> c.resumes()).register(meters);
  }
}
