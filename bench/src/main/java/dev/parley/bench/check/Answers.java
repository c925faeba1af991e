package dev.parley.bench.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What clients were answered: message id to seq. Safe to share.
public final class Answers {

  private final Map<UUID, Long> seqs = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> contradictions = new ConcurrentLinkedQueue<>();

  /// Notes an answer; another one for the same message must say the same.
  public void note(UUID message, long seq) {
    var before = seqs.putIfAbsent(message, seq);
    if (before != null && before != seq) {
      contradictions.add("message " + message + " was answered " + before + " and then " + seq);
    }
  }

  public Set<UUID> messages() {
    return Set.copyOf(seqs.keySet());
  }

  public int size() {
    return seqs.size();
  }

  /// Every answer that the log does not bear out, and every fault of the log itself.
  public List<String> against(LogChecker log) {
    var found = new ArrayList<>(contradictions);
    found.addAll(log.faults());
    seqs.forEach((message, seq) -> {
      var stored = log.seqOf(message);
      if (stored == null) {
        found.add("message " + message + " was answered " + seq + ", but is not in the log");
      } else if (!stored.equals(seq)) {
        found.add("message " + message + " was answered " + seq + ", but the log has " + stored);
      }
    });
    return found;
  }
}
