package dev.parley.projection.delivery;

import dev.parley.log.Batch;
import dev.parley.log.LogPartition;
import dev.parley.log.Projection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Keeps the position of delivery, as its consumer group does.
final class PositionInMemory implements Projection {

  private final Projection delivery;
  private final Map<LogPartition, Long> positions = new HashMap<>();

  PositionInMemory(Projection delivery) {
    this.delivery = delivery;
  }

  @Override
  public String name() {
    return delivery.name();
  }

  @Override
  public Set<String> topics() {
    return delivery.topics();
  }

  @Override
  public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    return positions;
  }

  @Override
  public void apply(Batch batch) {
    delivery.apply(batch);
    batch.advances().forEach((partition, advance) -> positions.put(partition, advance.next()));
  }
}
