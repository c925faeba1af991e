package dev.parley.search.indexing;

import dev.parley.log.EventLoop;
import dev.parley.log.LoopConfig;
import dev.parley.log.LoopStatus;
import dev.parley.log.Projection;
import dev.parley.search.index.IndexVersion;
import dev.parley.search.index.Indices;
import java.util.Map;

/// The loop that keeps one version up, and makes visible what it stored.
final class IndexLoop implements AutoCloseable {

  private final IndexVersion version;
  private final Progress progress;
  private final EventLoop loop;

  IndexLoop(IndexVersion version, LoopConfig config, Projection projection, Progress progress) {
    this.version = version;
    this.progress = progress;
    this.loop = new EventLoop(config, projection);
  }

  void start() {
    loop.start();
  }

  IndexVersion version() {
    return version;
  }

  LoopStatus status() {
    return loop.status();
  }

  Progress progress() {
    return progress;
  }

  /// Refreshes the index if something was stored since the last time.
  void show(Indices indices) {
    var status = loop.status();
    var indexed = progress.indexed();
    if (!progress.isVisible(indexed)) {
      indices.refresh(version);
      progress.visible(indexed);
    }
    long now = System.currentTimeMillis();
    for (var partition : status.partitions()) {
      var position = indexed.get(partition.partition());
      if (partition.lag() == 0 && position != null && position.next() >= partition.position()) {
        progress.current(partition.partition(), now);
      }
    }
  }

  /// How old the oldest entry may be that a search of this version does not see yet.
  long lagMillis() {
    long now = System.currentTimeMillis();
    Map<dev.parley.log.LogPartition, ?> indexed = progress.indexed();
    boolean allVisible = progress.visible().equals(indexed);
    return loop.status().partitions().stream()
        .filter(partition -> !allVisible || partition.lag() != 0)
        .mapToLong(partition -> progress.lagMillis(partition.partition(), now))
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    loop.close();
  }
}
