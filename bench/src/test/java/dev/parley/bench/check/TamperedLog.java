package dev.parley.bench.check;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.Projection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The log as it would be read if somebody had written into it: the log itself stays as it is.
///
/// @param change what becomes of an entry
record TamperedLog(LogChecker checker, Function<LogEntry, List<LogEntry>> change)
    implements Projection {

  @Override
  public String name() {
    return checker.name();
  }

  @Override
  public Set<String> topics() {
    return checker.topics();
  }

  @Override
  public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    return checker.positions(partitions);
  }

  @Override
  public void apply(Batch batch) {
    var entries = batch.entries().stream().flatMap(entry -> change.apply(entry).stream()).toList();
    checker.apply(new Batch(entries, batch.advances()));
  }
}
