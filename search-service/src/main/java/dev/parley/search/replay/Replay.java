package dev.parley.search.replay;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.log.EventLoop;
import dev.parley.log.LogPartition;
import dev.parley.log.LoopStatus;
import dev.parley.log.TransientException;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.search.SearchConfig;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import dev.parley.search.index.Positions;
import dev.parley.search.index.Positions.Position;
import dev.parley.search.indexing.Indexer;
import dev.parley.search.indexing.Progress;
import dev.parley.search.query.RefusedException;
import dev.parley.search.replay.ReplayProgress.State;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds the next version of the index beside the one in service, compares both at the same
/// positions of the log, and switches.
///
/// The new version is kept up by a loop like any other, so a restart in the middle goes on where it
/// was. For the comparison both loops stop for a moment: what is behind is brought to the position
/// of the other, both are held as points in time, and the loops go on while these are digested.
@ApplicationScoped
public class Replay {

  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final long LOOK_EVERY_MILLIS = 500;

  private final SearchConfig.Replay config;
  private final ElasticsearchClient client;
  private final Indices indices;
  private final Positions positions;
  private final Indexer indexer;
  private final ReplayNote note;
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile ReplayProgress progress = ReplayProgress.IDLE;
  private @Nullable Thread thread;

  public Replay(
      SearchConfig config,
      ElasticsearchClient client,
      Indices indices,
      Positions positions,
      Indexer indexer,
      ReplayNote note) {
    this.config = config.search().replay();
    this.client = client;
    this.indices = indices;
    this.positions = positions;
    this.indexer = indexer;
    this.note = note;
  }

  void resume(@Observes StartupEvent started) {
    Thread.ofVirtual().name("search-replay-resume").start(this::resumeWhenReady);
  }

  void stop(@Observes ShutdownEvent ended) throws InterruptedException {
    closing.countDown();
    var running = thread;
    if (running != null) {
      running.join(config.alignWait());
    }
  }

  ReplayProgress progress() {
    return progress;
  }

  /// Begins to build the next version; versions that are not in service are dropped first. While a
  /// replay runs it is that one.
  ReplayProgress start() {
    lock.lock();
    try {
      if (progress.state().isRunning()) {
        return progress;
      }
      refuseWhileNotIndexing();
      var old = indices.served();
      var all = indices.all();
      int number = all.getLast().number() + 1;
      for (var version : all) {
        if (!version.equals(old)) {
          indexer.hold(List.of(version));
          indices.drop(version);
          indexer.release(List.of(version));
        }
      }
      var built = indices.create(number);
      note.building(built);
      LOG.info("Replay builds index version {} beside version {}", number, old.number());
      run(old, built);
      return progress;
    } finally {
      lock.unlock();
    }
  }

  /// Puts the version that was kept beside the one in service back.
  ReplayProgress back() {
    lock.lock();
    try {
      if (progress.state().isRunning()) {
        throw new RefusedException(ErrorCode.UNAVAILABLE, "A replay is running");
      }
      var served = indices.served();
      var other =
          indices.all().stream()
              .filter(version -> !version.equals(served))
              .reduce((_, last) -> last)
              .orElseThrow(() ->
                  new RefusedException(
                      ErrorCode.NOT_FOUND, "There is no other version of the index"));
      var status = indexer.status(other);
      if (status == null
          || !status.healthy()
          || status.lag() < 0
          || status.lag() > config.lagMax()) {
        throw new RefusedException(
            ErrorCode.BEHIND, "Version %d is not up to date yet".formatted(other.number()));
      }
      indexer.show(other);
      indices.serve(other);
      progress =
          progress.at(
              State.SWITCHED,
              "Version %d is in service again, version %d is kept"
                  .formatted(other.number(), served.number()));
      return progress;
    } finally {
      lock.unlock();
    }
  }

  private void refuseWhileNotIndexing() {
    if (indexer.waitsFor() != null || indexer.status().isEmpty()) {
      throw new RefusedException(
          ErrorCode.UNAVAILABLE, "This node does not index: it waits for " + indexer.waitsFor());
    }
  }

  private void resumeWhenReady() {
    while (!ended()) {
      if (indexer.waitsFor() == null && !indexer.status().isEmpty()) {
        lock.lock();
        try {
          var number = note.building();
          var built = number == null ? null : indices.find(number).orElse(null);
          if (built != null && !progress.state().isRunning() && !built.equals(indices.served())) {
            LOG.info("Replay of index version {} goes on", built.number());
            run(indices.served(), built);
          }
          return;
        } catch (TransientException notYet) {
          LOG.debug("Could not look for an unfinished replay yet", notYet);
        } finally {
          lock.unlock();
        }
      }
    }
  }

  private void run(IndexVersion old, IndexVersion built) {
    progress =
        ReplayProgress.IDLE.at(State.BUILDING, "Reading the log into version " + built.number());
    indexer.reconcile();
    thread = Thread.ofPlatform().name("search-replay").start(() -> buildAndSwitch(old, built));
  }

  private void buildAndSwitch(IndexVersion old, IndexVersion built) {
    try {
      if (!caughtUp(built)) {
        return;
      }
      progress = progress.at(State.VERIFYING, "Comparing versions at the same position");
      var facts = compare(old, built);
      progress = progress.compared(facts.getFirst(), facts.getLast());
      finish(old, built, facts);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.error("Replay failed", failure);
      progress = progress.at(State.FAILED, String.valueOf(failure.getMessage()));
    }
  }

  private void finish(IndexVersion old, IndexVersion built, List<Snapshot.Facts> facts) {
    var before = facts.getFirst();
    var after = facts.getLast();
    if (!before.digest().equals(after.digest()) || before.messages() != after.messages()) {
      note.ended();
      progress =
          progress.at(
              State.FAILED,
              "The versions differ; version %d stays in service".formatted(old.number()));
      LOG.error("Replay: {} differs from {}", after, before);
      return;
    }
    indexer.show(built);
    indices.serve(built);
    note.ended();
    progress =
        progress.at(
            State.SWITCHED,
            "Version %d is in service, version %d is kept".formatted(built.number(), old.number()));
    LOG.info("Replay switched to version {}: {}", built.number(), after);
  }

  /// Waits until the new version has read nearly all.
  private boolean caughtUp(IndexVersion built) {
    var meter = new Meter();
    while (!ended()) {
      var status = indexer.status(built);
      if (status == null || status.partitions().isEmpty()) {
        continue;
      }
      refuseStopped(status);
      long done = status.partitions().stream().mapToLong(p -> p.position()).sum();
      long lag = status.lag();
      if (lag >= 0) {
        progress = progress.read(done, done + lag, meter.rate(done));
        if (lag <= config.lagMax() && isComplete(status, built)) {
          return true;
        }
      }
    }
    return false;
  }

  private static void refuseStopped(LoopStatus status) {
    for (var partition : status.partitions()) {
      if (partition.stopped() != null) {
        throw new IllegalStateException(partition.stopped());
      }
    }
  }

  /// Whether the loop of this node reads all partitions that the version in service has read.
  private boolean isComplete(LoopStatus status, IndexVersion built) {
    var served = indexer.status(indices.served());
    return served != null
        && partitions(status).equals(partitions(served))
        && !built.equals(indices.served());
  }

  private static Set<LogPartition> partitions(LoopStatus status) {
    return status.partitions().stream()
        .map(LoopStatus.PartitionStatus::partition)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Snapshot.Facts> compare(IndexVersion old, IndexVersion built)
      throws InterruptedException {
    var snapshots = new ArrayList<Snapshot>();
    try {
      hold(List.of(old, built), snapshots);
      var facts = new ArrayList<Snapshot.Facts>();
      snapshots.forEach(snapshot -> facts.add(snapshot.facts()));
      return facts;
    } finally {
      snapshots.forEach(Snapshot::close);
    }
  }

  private void hold(List<IndexVersion> versions, List<Snapshot> snapshots)
      throws InterruptedException {
    var status = indexer.status(versions.getFirst());
    if (status == null) {
      throw new TransientException("The version in service is not kept up by this node");
    }
    var partitions = partitions(status);
    indexer.hold(versions);
    try {
      var targets = targets(versions, partitions);
      for (var version : versions) {
        bring(version, targets);
      }
      for (var version : versions) {
        snapshots.add(Snapshot.of(client, version, config.scanDocumentsMax()));
      }
    } finally {
      indexer.release(versions);
    }
  }

  private Map<LogPartition, Long> targets(
      List<IndexVersion> versions, Set<LogPartition> partitions) {
    var targets = new HashMap<LogPartition, Long>();
    for (var version : versions) {
      Map<LogPartition, Position> stored = positions.read(version, partitions);
      stored.forEach((partition, position) -> targets.merge(partition, position.next(), Math::max));
    }
    return targets;
  }

  private void bring(IndexVersion version, Map<LogPartition, Long> targets)
      throws InterruptedException {
    var projection = new UpTo(indexer.projection(version, new Progress()), targets);
    if (projection.await(java.time.Duration.ZERO)) {
      return;
    }
    try (var loop = new EventLoop(indexer.loopConfig(version), projection)) {
      loop.start();
      if (!projection.await(config.alignWait())) {
        throw new IllegalStateException(
            "Version %d did not reach the position of the other within %s"
                .formatted(version.number(), config.alignWait()));
      }
    }
  }

  private boolean ended() {
    try {
      return closing.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
