package dev.parley.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/// What happened, step by step: the last steps, and a checksum over all of them. Ids have short
/// names, so that two runs of one seed read the same.
final class Trace {

  static final int KEPT = 60;

  private final Scheduler scheduler;
  private final Consumer<String> echo;
  private final ArrayDeque<String> last = new ArrayDeque<>();
  private final Map<UUID, String> names = new HashMap<>();
  private final CRC32 checksum = new CRC32();
  private final long startMillis;
  private long steps;

  /// @param echo is told every step
  Trace(Scheduler scheduler, Consumer<String> echo) {
    this.scheduler = scheduler;
    this.echo = echo;
    this.startMillis = scheduler.nowMillis();
  }

  UUID named(UUID id, String name) {
    names.put(id, name);
    return id;
  }

  String name(UUID id) {
    return names.getOrDefault(id, id.toString());
  }

  void step(String who, String what) {
    var line = "%7d %s: %s".formatted(scheduler.nowMillis() - startMillis, who, what);
    steps++;
    checksum.update(line.getBytes(StandardCharsets.UTF_8));
    last.add(line);
    if (last.size() > KEPT) {
      last.remove();
    }
    echo.accept(line);
  }

  List<String> last() {
    return List.copyOf(last);
  }

  long steps() {
    return steps;
  }

  long checksum() {
    return checksum.getValue();
  }
}
