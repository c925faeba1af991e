package dev.parley.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A projection in memory that checks what a loop promises: batches follow the stored position,
/// entries their order.
final class Recorder implements Projection {

  final List<String> values = new CopyOnWriteArrayList<>();
  final Map<LogPartition, Long> stored = new ConcurrentHashMap<>();
  volatile Consumer<Batch> before = batch -> {};

  private final Set<String> topics;

  Recorder(String topic) {
    this.topics = Set.of(topic);
  }

  @Override
  public String name() {
    return "recorder";
  }

  @Override
  public Set<String> topics() {
    return topics;
  }

  @Override
  public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    var positions = new HashMap<>(stored);
    positions.keySet().retainAll(partitions);
    return positions;
  }

  @Override
  public void apply(Batch batch) {
    before.accept(batch);
    batch
        .advances()
        .forEach((partition, advance) -> {
          long held = stored.getOrDefault(partition, 0L);
          if (held != advance.from()) {
            throw new PositionMovedException(
                "Expected %s at %d, but it is at %d".formatted(partition, advance.from(), held));
          }
        });
    var read = new ArrayList<String>();
    for (var entry : batch.entries()) {
      read.add(new String(entry.value(), java.nio.charset.StandardCharsets.UTF_8));
    }
    values.addAll(read);
    batch.advances().forEach((partition, advance) -> stored.put(partition, advance.next()));
  }
}
