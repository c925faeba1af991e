package dev.parley.bench.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Processor time by process, microseconds.
public record Usage(Map<String, Long> micros) {

  public Usage {
    micros = Collections.unmodifiableMap(new LinkedHashMap<>(micros));
  }

  /// What was used since; a process that was started meanwhile counts from its start.
  public Usage since(Usage before) {
    var used = new LinkedHashMap<String, Long>();
    micros.forEach((name, now) -> {
      long then = before.micros.getOrDefault(name, 0L);
      used.put(name, now >= then ? now - then : now);
    });
    return new Usage(used);
  }

  /// All but the generator: what the platform itself cost.
  public long ofStack() {
    return micros.entrySet().stream()
        .filter(process -> !process.getKey().equals(StackProcesses.GENERATOR))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// Of all processes whose name begins so.
  public long of(String name) {
    return micros.entrySet().stream()
        .filter(process -> process.getKey().startsWith(name))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
