package dev.parley.bench.check;

import dev.parley.bench.check.history.ClientHistory;
import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Issued;
import dev.parley.bench.check.rules.AnswerRules;
import dev.parley.bench.check.rules.ClientRules;
import dev.parley.bench.check.rules.UnreadRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// Compares a run that has ended with what the deployment holds.
public final class Check {

  private static final Set<Issued.Kind> MESSAGES = Set.of(Issued.Kind.SEND, Issued.Kind.SCHEDULE);

  private Check() {}

  /// @param history of a workload that has been stopped
  public static Verdict verify(History history, Sources sources, Sources.Limits limits)
      throws InterruptedException {
    var log =
        CommittedLog.read(
            sources.kafka(), messages(history), history.conversations(), limits.log());
    return verify(history, log, sources, limits);
  }

  static Verdict verify(History history, LogChecker log, Sources sources, Sources.Limits limits)
      throws InterruptedException {
    var counts = counts(history, log);
    var findings = told(history, log);
    findings.addAll(
        new Shown(history, log, history.conversations(), sources, limits).compare(counts));
    return new Verdict(counts, findings.listed(), findings.found());
  }

  /// What was answered and told, against the log.
  static Findings told(History history, LogChecker log) {
    var findings = new Findings();
    findings.addAll(log.findings());
    findings.addAll(AnswerRules.check(history, log));
    findings.addAll(ClientRules.check(history, log));
    findings.addAll(UnreadRules.pushed(history, log));
    return findings;
  }

  /// Messages that were answered: the log must hold them.
  static Set<UUID> messages(History history) {
    return history.commands().stream()
        .filter(issued -> MESSAGES.contains(issued.kind()) && issued.seq() != null)
        .map(Issued::id)
        .collect(Collectors.toSet());
  }

  private static Map<String, Long> counts(History history, LogChecker log) {
    var counts = new LinkedHashMap<String, Long>();
    counts.put("commands", (long) history.commands().size());
    counts.put("answered", history.answered());
    counts.put("refused", history.refused());
    var clients = history.clients();
    counts.put("clients", (long) clients.size());
    counts.put("connections", sum(clients, ClientHistory::connections));
    counts.put("of them resumed", sum(clients, ClientHistory::resumed));
    counts.put("events told", sum(clients, ClientHistory::delivered));
    counts.put("gaps told", sum(clients, ClientHistory::gaps));
    counts.put("events in the log", log.events());
    return counts;
  }

  private static long sum(List<ClientHistory> clients, ToLongFunction<ClientHistory> count) {
    return clients.stream().mapToLong(count).sum();
  }
}
