package dev.parley.projection.startup;

import dev.parley.log.LoopStatus;
import dev.parley.projection.replay.ViewKeeper;
import dev.parley.projection.timers.TimerClock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Red while the start waits for something, and when a loop or a partition has stopped: it says
/// which topic, partition and offset, and why; and while timers are not given. Lag is shown, and is
/// no failure.
@Readiness
public class LoopsHealth implements HealthCheck {

  private final Lifecycle lifecycle;
  private final Parts.DeliveryLoop delivery;
  private final Parts.TimersLoop timers;
  private final ViewKeeper keeper;
  private final TimerClock clock;

  LoopsHealth(
      Lifecycle lifecycle,
      Parts.DeliveryLoop delivery,
      Parts.TimersLoop timers,
      ViewKeeper keeper,
      TimerClock clock) {
    this.clock = clock;
    this.timers = timers;
    this.lifecycle = lifecycle;
    this.delivery = delivery;
    this.keeper = keeper;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("loops");
    var waitingFor = lifecycle.waitingFor();
    if (waitingFor != null) {
      return response.down().withData("waiting_for", waitingFor).build();
    }
    var loops = new ArrayList<LoopStatus>();
    loops.add(delivery.loop().status());
    loops.add(timers.loop().status());
    loops.addAll(keeper.loops());
    for (var loop : loops) {
      response.withData(loop.name() + ".lag", loop.lag());
      reasons(loop).forEach(reason -> response.withData(loop.name() + ".stopped", reason));
    }
    var trouble = clock.trouble();
    if (trouble != null) {
      response.withData("timers.trouble", trouble);
    }
    return response.status(trouble == null && loops.stream().allMatch(LoopStatus::healthy)).build();
  }

  private static List<String> reasons(LoopStatus loop) {
    var reasons = new ArrayList<String>();
    if (!loop.running()) {
      reasons.add("not running");
    }
    if (loop.failure() != null) {
      reasons.add(loop.failure());
    }
    for (var partition : loop.partitions()) {
      if (partition.stopped() != null) {
        reasons.add(partition.stopped());
      }
    }
    return reasons.isEmpty() ? List.of() : List.of(String.join("; ", reasons));
  }
}
