package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.check.Check;
import dev.parley.bench.check.Sources;
import dev.parley.bench.check.workload.Workload;
import dev.parley.bench.check.workload.WorkloadSettings;
import dev.parley.bench.fault.BadNetwork;
import dev.parley.bench.fault.Deployment;
import dev.parley.bench.fault.Fault;
import dev.parley.bench.fault.FaultKind;
import dev.parley.bench.fault.FaultRun;
import dev.parley.bench.fault.FaultSettings;
import dev.parley.bench.fault.Part;
import dev.parley.bench.load.Stage;
import dev.parley.log.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// People at work while one thing after another is killed, frozen or made to forget: answers run
/// ahead of the commit and pushes ahead of everything, and no fault makes one of them wrong.
///
/// The long run of all faults is `./parley check --faults all`.
@Timeout(600)
class FaultsIT {

  private static final RunningStack STACK = RunningStack.here();

  private static final int CLIENTS = 24;
  private static final int CONVERSATIONS = 6;
  private static final int RATE_PER_SECOND = 150;

  /// Longer than a decider's session: another takes over from one that still thinks it decides.
  private static final Duration FROZEN = Duration.ofSeconds(5);

  private static final List<Fault> FAULTS =
      List.of(
          new Fault.Kill(Part.DECIDER, 0),
          new Fault.Forget("CLIENT KILL TYPE pubsub"),
          new Fault.Freeze(Part.DECIDER, 1, FROZEN),
          new Fault.Forget("FLUSHALL"),
          new Fault.Kill(Part.REDIS, 0),
          new Fault.Cut());

  @Test
  void nobodyIsToldAnythingWrongWhateverIsHarmed() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("FaultsIT seed " + seed);
    var settings =
        new FaultSettings(seed, Set.of(FaultKind.KILL), Set.of(Part.DECIDER), 1, FAULTS.size());
    try (var network = BadNetwork.before(STACK.edges());
        var stage = Stage.open(STACK.origin(), network.edges(), 1);
        var running =
            Workload.start(
                stage, WorkloadSettings.of(seed).sized(CLIENTS, CONVERSATIONS, RATE_PER_SECOND))) {
      try (var run =
          FaultRun.start(
              stage,
              network,
              Deployment.of(System.getenv()),
              settings,
              FAULTS.iterator()::next,
              running.history())) {
        var report = run.await();
        System.out.println(report.table());
        assertThat(report.troubles()).isEmpty();
        assertThat(report.felt()).hasSameSizeAs(FAULTS);
      }
      running.stop();
      var sources = new Sources(stage.rest(), KafkaConnection.plain(STACK.kafka()));

      var verdict = Check.verify(running.history(), sources, Sources.Limits.DEFAULT);

      System.out.println(verdict.text());
      assertThat(running.answered()).isGreaterThan(RATE_PER_SECOND * FAULTS.size());
      assertThat(verdict.anomalies()).isEmpty();
    }
  }
}
