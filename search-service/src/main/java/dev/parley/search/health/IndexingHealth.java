package dev.parley.search.health;

import dev.parley.search.SearchConfig;
import dev.parley.search.indexing.Indexer;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Red while a loop does not read: a stopped partition is named, with its offset and the reason.
@Readiness
@ApplicationScoped
public class IndexingHealth implements HealthCheck {

  private final Indexer indexer;
  private final boolean indexing;

  public IndexingHealth(Indexer indexer, SearchConfig config) {
    this.indexer = indexer;
    this.indexing = config.search().indexing().enabled();
  }

  @Override
  public HealthCheckResponse call() {
    var health = HealthCheckResponse.named("indexing");
    var waitsFor = indexer.waitsFor();
    boolean up = waitsFor == null;
    if (waitsFor != null) {
      health.withData("waits_for", waitsFor);
    }
    for (var loop : indexing ? indexer.status() : java.util.List.<dev.parley.log.LoopStatus>of()) {
      up &= loop.healthy();
      health.withData(loop.name() + ".lag", loop.lag());
      if (loop.failure() != null) {
        health.withData(loop.name() + ".failure", loop.failure());
      }
      for (var partition : loop.partitions()) {
        if (partition.stopped() != null) {
          health.withData(partition.partition().toString(), partition.stopped());
        }
      }
    }
    return health.status(up).build();
  }
}
