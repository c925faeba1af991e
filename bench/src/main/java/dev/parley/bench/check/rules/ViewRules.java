package dev.parley.bench.check.rules;

import dev.parley.bench.check.AnomalyKind;
import dev.parley.bench.check.ConversationLog;
import dev.parley.bench.check.Findings;
import dev.parley.bench.check.history.Digests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What history and search show is what the log, folded, says; and nothing of it is shown to whom
/// it is not for.
public final class ViewRules {

  private ViewRules() {}

  /// @param shown all that its owner can page through
  public static Findings history(
      ConversationLog log, Map<UUID, FoldedMessage> folded, List<ShownMessage> shown) {
    var findings = new Findings();
    var rest = new HashSet<>(folded.keySet());
    var seen = new HashSet<UUID>();
    for (var message : shown) {
      rest.remove(message.id());
      var expected = folded.get(message.id());
      if (!seen.add(message.id())) {
        differs(findings, AnomalyKind.VIEW_DIFFERS, log, message.seq(), message.id(), "twice");
      } else if (expected != null && expected.deleted() && resurrected(message)) {
        differs(
            findings,
            AnomalyKind.RESURRECTED_DELETE,
            log,
            message.seq(),
            message.id(),
            "with a text, but the log has its deletion at seq " + expected.changedSeq());
      } else {
        var difference = difference(expected, message);
        if (difference != null) {
          differs(findings, AnomalyKind.VIEW_DIFFERS, log, message.seq(), message.id(), difference);
        }
      }
    }
    for (var id : rest) {
      var message = folded.get(id);
      if (message != null) {
        differs(
            findings,
            AnomalyKind.VIEW_DIFFERS,
            log,
            message.seq(),
            id,
            "not at all, but the log has it");
      }
    }
    return findings;
  }

  /// @param found all that its owner can find; deleted messages cannot be found
  public static Findings index(
      ConversationLog log, Map<UUID, FoldedMessage> folded, List<ShownMessage> found) {
    var findings = new Findings();
    var rest = new HashSet<UUID>();
    folded.values().stream()
        .filter(message -> !message.deleted())
        .forEach(message -> rest.add(message.id()));
    for (var message : found) {
      var expected = folded.get(message.id());
      if (expected != null && expected.deleted()) {
        differs(
            findings,
            AnomalyKind.RESURRECTED_DELETE,
            log,
            message.seq(),
            message.id(),
            "in a search, but the log has its deletion at seq " + expected.changedSeq());
      } else if (!rest.remove(message.id())) {
        differs(
            findings,
            AnomalyKind.INDEX_DIFFERS,
            log,
            message.seq(),
            message.id(),
            expected == null ? "in a search, but the log does not have it" : "twice in a search");
      } else if (expected != null
          && (expected.seq() != message.seq()
              || expected.text() != message.text()
              || !expected.author().equals(message.author()))) {
        differs(
            findings,
            AnomalyKind.INDEX_DIFFERS,
            log,
            message.seq(),
            message.id(),
            "in a search with another seq, author or text than the log's, whose seq is "
                + expected.seq());
      }
    }
    for (var id : rest) {
      differs(
          findings,
          AnomalyKind.INDEX_DIFFERS,
          log,
          seqOf(folded.get(id)),
          id,
          "in no search, but the log has it");
    }
    return findings;
  }

  /// @param shown what one person can page through or find
  public static Findings access(
      ConversationLog log, UUID user, String client, List<ShownMessage> shown) {
    var findings = new Findings();
    for (var message : shown) {
      if (!log.mayRead(user, message.seq())) {
        findings.add(
            AnomalyKind.READ_AFTER_REMOVAL,
            log.conversation(),
            message.seq(),
            message.id(),
            client,
            "it is shown to a person whose stays are " + log.stays(user));
      }
    }
    return findings;
  }

  private static boolean resurrected(ShownMessage message) {
    return !message.deleted() || message.text() != Digests.GONE;
  }

  private static @Nullable String difference(@Nullable FoldedMessage expected, ShownMessage shown) {
    if (expected == null) {
      return "but the log does not have it";
    }
    var differences = new ArrayList<String>();
    compare(differences, "seq", expected.seq(), shown.seq());
    compare(differences, "ordinal", expected.ordinal(), shown.ordinal());
    compare(differences, "author", expected.author(), shown.author());
    compare(differences, "revision", expected.revision(), shown.revision());
    compare(differences, "deleted", expected.deleted(), shown.deleted());
    compare(differences, "pinned", expected.pinned(), shown.pinned());
    compare(differences, "thread", expected.thread(), shown.thread());
    compare(differences, "digest of the text", expected.text(), shown.text());
    compare(differences, "reactions", expected.reactions(), shown.reactions());
    return differences.isEmpty() ? null : String.join(", ", differences);
  }

  private static void compare(
      List<String> differences, String what, Object expected, Object shown) {
    if (!expected.equals(shown)) {
      differences.add("with %s %s in place of %s".formatted(what, shown, expected));
    }
  }

  private static long seqOf(@Nullable FoldedMessage message) {
    return message == null ? 0 : message.seq();
  }

  private static void differs(
      Findings findings, AnomalyKind kind, ConversationLog log, long seq, UUID id, String how) {
    findings.add(kind, log.conversation(), seq, id, "", "it is shown " + how);
  }
}
