package dev.parley.bench.check;

import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Issued;
import dev.parley.bench.check.rules.AnswerRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Compares a run that has ended with what the deployment holds.
public final class Check {

  private Check() {}

  /// @param history of a workload that has been stopped
  public static Verdict verify(History history, Sources sources, Sources.Limits limits)
      throws InterruptedException {
    var log =
        CommittedLog.read(
            sources.kafka(), messages(history), history.conversations(), limits.log());
    var findings = new Findings();
    findings.addAll(log.findings());
    findings.addAll(AnswerRules.check(history, log));
    return new Verdict(counts(history, log), findings.listed(), findings.found());
  }

  private static Set<UUID> messages(History history) {
    return history.commands().stream()
        .filter(issued -> issued.kind() == Issued.Kind.SEND && issued.seq() != null)
        .map(Issued::id)
        .collect(Collectors.toSet());
  }

  private static Map<String, Long> counts(History history, LogChecker log) {
    var counts = new LinkedHashMap<String, Long>();
    counts.put("commands", (long) history.commands().size());
    counts.put("answered", history.answered());
    counts.put("refused", history.refused());
    counts.put("events in the log", log.events());
    return counts;
  }
}
