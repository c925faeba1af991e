package dev.parley.projection.replay;

import dev.parley.log.EventLoop;
import dev.parley.log.LoopStatus;
import dev.parley.log.TransientException;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.views.Postgres;
import dev.parley.projection.views.VersionState;
import dev.parley.projection.views.ViewLock;
import dev.parley.projection.views.ViewVersions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps loops running for each version of the views that is alive, one, or several that share the
/// partitions while it is being built, and, on the one instance that holds the coordinator's lock,
/// brings rebuilds forward. All of it on one thread.
public final class ViewKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ViewKeeper.class);
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(15);

  private final Pool pool;
  private final ProjectionConfig.Views limits;
  private final LoopMaker loopOf;
  private final ViewVersions versions;
  private final Replays replays;
  private final Rebuild rebuild;
  private final Rate rate = new Rate();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("views-keeper").factory());
  // Of the keeper's thread.
  private final Map<Integer, List<EventLoop>> loops = new TreeMap<>();
  private @Nullable SqlConnection coordinator;
  private volatile List<EventLoop> running = List.of();
  private volatile ReplayStatus status = ReplayStatus.NONE;

  /// Makes loops, not yet started.
  @FunctionalInterface
  public interface LoopMaker {
    /// @param nth of the version's loops on this instance, from 1
    EventLoop make(int version, int nth);
  }

  public ViewKeeper(Pool pool, ProjectionConfig.Views limits, LoopMaker loopOf) {
    this.pool = pool;
    this.limits = limits;
    this.loopOf = loopOf;
    this.versions = new ViewVersions(pool);
    this.replays = new Replays(pool);
    this.rebuild = new Rebuild(pool, versions, limits);
  }

  public void start() {
    thread.scheduleWithFixedDelay(
        this::tick, 0, limits.keepEvery().toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The loops of this instance.
  public List<LoopStatus> loops() {
    return running.stream().map(EventLoop::status).toList();
  }

  ReplayStatus status() {
    return status;
  }

  /// Begins a rebuild. Completes with the status, or fails with [Rebuild.RefusedException].
  CompletionStage<ReplayStatus> begin() {
    return onThread(rebuild::begin);
  }

  /// Switches back. Completes with the status, or fails with [Rebuild.RefusedException].
  CompletionStage<ReplayStatus> back() {
    return onThread(rebuild::back);
  }

  private CompletionStage<ReplayStatus> onThread(Runnable work) {
    return CompletableFuture.supplyAsync(
        () -> {
          work.run();
          observe();
          return status;
        },
        thread);
  }

  private void tick() {
    try {
      keepLoops();
      if (coordinates()) {
        rebuild.step(statuses());
        versions.dropRetired(limits.keepEvery().multipliedBy(10));
      }
      observe();
    } catch (TransientException away) {
      LOG.warn("Views are not looked after for now: {}", away.getMessage());
      resign();
    } catch (RuntimeException unexpected) {
      LOG.error("Looking after the views failed, tries again", unexpected);
    }
  }

  private void keepLoops() {
    var alive = versions.all();
    alive.values().removeIf(state -> !state.live());
    for (var held : List.copyOf(loops.entrySet())) {
      if (!alive.containsKey(held.getKey())) {
        LOG.info("Version {} of the views is not kept any more", held.getKey());
        loops.remove(held.getKey());
        held.getValue().forEach(EventLoop::close);
      }
    }
    alive.forEach(this::keep);
    running = loops.values().stream().flatMap(List::stream).toList();
  }

  private void keep(int version, VersionState state) {
    int wanted = state == VersionState.BUILDING ? limits.buildLoops() : 1;
    var held = loops.computeIfAbsent(version, _ -> new ArrayList<>());
    while (held.size() > wanted) {
      held.removeLast().close();
    }
    while (held.size() < wanted) {
      LOG.info("Following the log for version {} of the views", version);
      var loop = loopOf.make(version, held.size() + 1);
      held.add(loop);
      loop.start();
    }
  }

  private Map<Integer, List<LoopStatus>> statuses() {
    var statuses = new TreeMap<Integer, List<LoopStatus>>();
    loops.forEach(
        (version, held) -> statuses.put(version, held.stream().map(EventLoop::status).toList()));
    return statuses;
  }

  /// The lock lives as long as its connection, so a dead instance loses it.
  private boolean coordinates() {
    if (coordinator != null) {
      Postgres.await(coordinator.query("select 1").execute(), WAIT);
      return true;
    }
    var connection = Postgres.await(pool.getConnection(), WAIT);
    boolean locked = false;
    try {
      var rows = Postgres.await(connection.query(ViewLock.tryCoordinator()).execute(), WAIT);
      locked = rows.iterator().next().getBoolean(0);
    } finally {
      if (!locked) {
        connection.close();
      }
    }
    if (locked) {
      coordinator = connection;
      rebuild.recover();
    }
    return locked;
  }

  private void resign() {
    var connection = coordinator;
    coordinator = null;
    if (connection != null) {
      connection
          .query("select pg_advisory_unlock_all()")
          .execute()
          .onComplete(_ -> connection.close());
    }
  }

  private void observe() {
    var latest = replays.latest();
    var inService = versions.in(VersionState.IN_SERVICE);
    int served = inService == null ? 0 : inService;
    if (latest == null) {
      status = new ReplayStatus(null, served, 0, 0, 0);
      return;
    }
    var before = status;
    status =
        switch (latest.state()) {
          case BUILDING, VERIFYING -> {
            var distance = replays.distance(latest.oldVersion(), latest.newVersion());
            long perSecond = rate.of(System.nanoTime(), distance.done());
            yield new ReplayStatus(latest, served, distance.done(), distance.total(), perSecond);
          }
          case SWITCHED -> {
            long stored = replays.distance(latest.newVersion(), latest.newVersion()).done();
            yield new ReplayStatus(latest, served, stored, stored, 0);
          }
          case FAILED -> new ReplayStatus(latest, served, before.done(), before.total(), 0);
        };
  }

  /// Ends the loops, each with the batch in hand.
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The keeper of the views did not end within {}", CLOSE_WAIT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    loops.values().forEach(held -> held.forEach(EventLoop::close));
    resign();
  }
}
