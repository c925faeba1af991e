package dev.parley.bench.check.rules;

import dev.parley.bench.check.AnomalyKind;
import dev.parley.bench.check.ConversationLog;
import dev.parley.bench.check.Findings;
import dev.parley.bench.check.LogChecker;
import dev.parley.bench.check.history.ClientHistory;
import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Marks;
import java.util.TreeSet;
import java.util.UUID;

/// What is unread is what comes after one's mark, one's own last message or one's joining,
/// whichever is highest.
public final class UnreadRules {

  private UnreadRules() {}

  /// Every inbox that was pushed to a client agrees with itself: whatever its moment was, it counts
  /// from the mark that it shows to the head that it shows.
  public static Findings pushed(History history, LogChecker log) {
    var findings = new Findings();
    for (var client : history.clients()) {
      for (var shown : client.shown()) {
        if (history.conversations().contains(shown.conversation())) {
          checkPushed(client, shown, log.conversation(shown.conversation()), findings);
        }
      }
    }
    return findings;
  }

  /// The inbox of one person when everything has settled.
  public static Findings settled(
      ConversationLog log, Marks marks, UUID user, String name, ShownItem shown) {
    var findings = new Findings();
    long certain = certain(log, marks, user);
    // A mark without an answer may be stored or not: any of them may be the highest.
    var possible = new TreeSet<Long>();
    possible.add(unread(log, log.head(), certain));
    for (long seq : marks.unanswered()) {
      possible.add(unread(log, log.head(), Math.max(certain, seq)));
    }
    if (shown.head() != log.head() || !possible.contains(shown.unread())) {
      findings.add(
          AnomalyKind.WRONG_UNREAD,
          log.conversation(),
          shown.head(),
          null,
          name,
          "the inbox shows %d unread up to seq %d, read to %d; the log, which ends at %d, and the marks, read to %d, give %s"
              .formatted(
                  shown.unread(), shown.head(), shown.read(), log.head(), certain, possible));
    }
    return findings;
  }

  private static void checkPushed(
      ClientHistory client, ClientHistory.Shown shown, ConversationLog log, Findings findings) {
    long from = Math.max(shown.read(), shown.joined());
    long expected = unread(log, shown.head(), from);
    if (shown.unread() != expected) {
      findings.add(
          AnomalyKind.WRONG_UNREAD,
          log.conversation(),
          shown.head(),
          null,
          client.name(),
          "an inbox was pushed with %d unread from seq %d to %d, but the log has %d messages there"
              .formatted(shown.unread(), from, shown.head(), expected));
    }
  }

  private static long certain(ConversationLog log, Marks marks, UUID user) {
    long joined = log.stays(user).stream().mapToLong(ConversationLog.Stay::from).max().orElse(0);
    long sent =
        log.events().stream()
            .filter(event -> event.type().equals("message.sent") && event.actor().equals(user))
            .mapToLong(event -> event.seq())
            .max()
            .orElse(0);
    return Math.max(Math.max(joined, sent), marks.stored());
  }

  private static long unread(ConversationLog log, long head, long read) {
    return log.ordinalAt(head) - log.ordinalAt(Math.min(read, head));
  }
}
