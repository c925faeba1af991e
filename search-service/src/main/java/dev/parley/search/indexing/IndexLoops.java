package dev.parley.search.indexing;

import dev.parley.log.EventLoop;
import dev.parley.log.LogPartition;
import dev.parley.log.LoopStatus;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/// The loops that keep one version up on this node, one, or several that share the partitions while
/// it is being built, and makes visible what they stored.
///
/// [#run] and [#close] by one thread at a time, the rest by any.
final class IndexLoops implements AutoCloseable {

  private final IndexVersion version;
  private final Progress progress;
  private final IntFunction<EventLoop> loopOf;
  private final RefreshPace pace;
  private final List<EventLoop> loops = new CopyOnWriteArrayList<>();

  /// @param loopOf makes the n-th loop, from 1
  IndexLoops(
      IndexVersion version, Progress progress, IntFunction<EventLoop> loopOf, RefreshPace pace) {
    this.version = version;
    this.progress = progress;
    this.loopOf = loopOf;
    this.pace = pace;
  }

  /// Starts and stops loops until there are so many.
  void run(int wanted) {
    while (loops.size() > wanted) {
      loops.removeLast().close();
    }
    while (loops.size() < wanted) {
      var loop = loopOf.apply(loops.size() + 1);
      loops.add(loop);
      loop.start();
    }
  }

  IndexVersion version() {
    return version;
  }

  /// Of all loops together.
  LoopStatus status() {
    var each = loops.stream().map(EventLoop::status).toList();
    return new LoopStatus(
        SearchProjection.name(version),
        each.stream().allMatch(LoopStatus::running),
        each.stream().flatMap(loop -> loop.partitions().stream()).toList(),
        each.stream()
            .map(LoopStatus::failure)
            .filter(failure -> failure != null)
            .findFirst()
            .orElse(null));
  }

  Progress progress() {
    return progress;
  }

  /// As [#show], if it is due.
  void showWhenDue(Indices indices) {
    if (pace.isDue(status().lag(), System.nanoTime())) {
      show(indices);
    }
  }

  /// Refreshes the index if something was stored since the last time.
  void show(Indices indices) {
    var partitions = status().partitions();
    var indexed = progress.indexed();
    if (!progress.isVisible(indexed)) {
      pace.refreshed(System.nanoTime());
      indices.refresh(version);
      progress.visible(indexed);
    }
    long now = System.currentTimeMillis();
    for (var partition : partitions) {
      var position = indexed.get(partition.partition());
      if (partition.lag() == 0 && position != null && position.next() >= partition.position()) {
        progress.current(partition.partition(), now);
      }
    }
  }

  /// How old the oldest entry may be that a search of this version does not see yet.
  long lagMillis() {
    long now = System.currentTimeMillis();
    Map<LogPartition, ?> indexed = progress.indexed();
    boolean allVisible = progress.visible().equals(indexed);
    return status().partitions().stream()
        .filter(partition -> !allVisible || partition.lag() != 0)
        .mapToLong(partition -> progress.lagMillis(partition.partition(), now))
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    run(0);
  }
}
