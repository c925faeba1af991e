package dev.parley.projection.replay;

import dev.parley.log.LoopStatus;
import dev.parley.log.TransientException;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.views.VersionState;
import dev.parley.projection.views.ViewVersions;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives a rebuild from where the tables say it is, so that any instance can go on with it after a
/// crash. For one thread of one instance.
final class Rebuild {

  private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

  private final ViewVersions versions;
  private final Replays replays;
  private final Comparison comparison;
  private final ProjectionConfig.Views limits;
  private int attempts;

  Rebuild(Pool pool, ViewVersions versions, ProjectionConfig.Views limits) {
    this.versions = versions;
    this.replays = new Replays(pool);
    this.comparison = new Comparison(pool, versions, limits.alignWait());
    this.limits = limits;
  }

  /// Begins the next version.
  ///
  /// @throws RefusedException if a rebuild is running
  void begin() {
    var latest = replays.latest();
    if (latest != null && running(latest)) {
      throw new RefusedException(
          "Version " + latest.newVersion() + " is being built: wait until it is done");
    }
    int inService = inService();
    int begun =
        versions.beginNext((connection, next) -> Replays.begin(connection, inService, next));
    attempts = 0;
    LOG.info("Building version {} of the views beside version {}", begun, inService);
  }

  /// Switches back to the previous version.
  ///
  /// @throws RefusedException if there is none, or it is behind
  void back() {
    var latest = replays.latest();
    if (latest != null && running(latest)) {
      throw new RefusedException("A rebuild is running: wait until it is done");
    }
    var previous = versions.in(VersionState.PREVIOUS);
    if (previous == null) {
      throw new RefusedException("There is no previous version to switch back to");
    }
    int inService = inService();
    long behind = replays.distance(inService, previous).behind();
    if (behind > limits.compareLagMax()) {
      throw new RefusedException(
          "Version %d is %d entries behind version %d".formatted(previous, behind, inService));
    }
    versions.serve(previous, connection -> Replays.switchedBack(connection, inService, previous));
    LOG.info("Switched back from version {} of the views to version {}", inService, previous);
  }

  static final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /// One step of the latest rebuild, if it is not over.
  ///
  /// @param loops of this instance, by version
  void step(Map<Integer, List<LoopStatus>> loops) {
    var replay = replays.latest();
    if (replay == null) {
      return;
    }
    switch (replay.state()) {
      case BUILDING -> building(replay, loops.getOrDefault(replay.newVersion(), List.of()));
      case VERIFYING -> verify(replay);
      case SWITCHED, FAILED -> {}
    }
  }

  private void building(Replay replay, List<LoopStatus> loops) {
    if (stopped(loops) instanceof String reason) {
      fail(replay, null, reason);
      return;
    }
    var distance = replays.distance(replay.oldVersion(), replay.newVersion());
    if (distance.behind() <= limits.compareLagMax() && read(loops)) {
      replays.verifying(replay);
      verify(replay);
    }
  }

  /// Whether a loop has looked at the log at all: an empty version is no version that is level with
  /// an empty log, it may only not have begun.
  private static boolean read(List<LoopStatus> loops) {
    return loops.isEmpty() || loops.stream().anyMatch(loop -> !loop.partitions().isEmpty());
  }

  private static @Nullable String stopped(List<LoopStatus> loops) {
    return loops.stream()
        .flatMap(loop -> loop.partitions().stream())
        .map(LoopStatus.PartitionStatus::stopped)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private void verify(Replay replay) {
    attempts++;
    try {
      var result = comparison.compare(replay.oldVersion(), replay.newVersion());
      if (result.equal()) {
        serve(replay, result);
      } else if (attempts >= limits.compareAttemptsMax()) {
        fail(
            replay,
            result,
            "They differ in: " + result.oldDigest().differenceTo(result.newDigest()));
      } else {
        // An erasure may have been seen by one and not yet by the other: it settles.
        LOG.warn(
            "Versions {} and {} differ in {}, compares again",
            replay.oldVersion(),
            replay.newVersion(),
            result.oldDigest().differenceTo(result.newDigest()));
      }
    } catch (TransientException apart) {
      if (attempts >= limits.compareAttemptsMax()) {
        fail(replay, null, String.valueOf(apart.getMessage()));
      } else {
        LOG.warn("Compares again: {}", apart.getMessage());
      }
    }
  }

  private void serve(Replay replay, Comparison.Result result) {
    versions.serve(
        replay.newVersion(),
        connection ->
            Replays.finish(
                connection,
                replay,
                Replay.State.SWITCHED,
                result.oldDigest(),
                result.newDigest(),
                "Version " + replay.newVersion() + " is in service"));
    attempts = 0;
    LOG.info(
        "Switched from version {} of the views to version {}: both hold {} messages, digest {}",
        replay.oldVersion(),
        replay.newVersion(),
        result.newDigest().messages(),
        result.newDigest().value());
  }

  private void fail(Replay replay, Comparison.@Nullable Result result, String reason) {
    versions.inTransaction(connection -> {
      ViewVersions.mark(connection, replay.newVersion(), VersionState.FAILED);
      Replays.finish(
          connection,
          replay,
          Replay.State.FAILED,
          result == null ? null : result.oldDigest(),
          result == null ? null : result.newDigest(),
          reason);
    });
    attempts = 0;
    LOG.error(
        "Version {} of the views was not taken into service: {}", replay.newVersion(), reason);
  }

  /// What a dead coordinator left behind.
  void recover() {
    comparison.openGate();
  }

  private int inService() {
    var version = versions.in(VersionState.IN_SERVICE);
    if (version == null) {
      throw new IllegalStateException("Expected a version of the views in service, but found none");
    }
    return version;
  }

  private static boolean running(Replay replay) {
    return switch (replay.state()) {
      case BUILDING, VERIFYING -> true;
      case SWITCHED, FAILED -> false;
    };
  }
}
