package dev.parley.bench.check.rules;

import dev.parley.bench.check.AnomalyKind;
import dev.parley.bench.check.ConversationLog;
import dev.parley.bench.check.Findings;
import dev.parley.bench.check.LogChecker;
import dev.parley.bench.check.Logged;
import dev.parley.bench.check.history.ClientHistory;
import dev.parley.bench.check.history.Digests;
import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Received;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Every client was told what the log has, once, in order and without a hole, up to the end if its
/// person stayed, and nothing of the time that is not theirs.
public final class ClientRules {

  private static final long NOTHING = -1;

  private final History history;
  private final ConversationLog log;
  private final Findings findings;

  private ClientRules(History history, ConversationLog log, Findings findings) {
    this.history = history;
    this.log = log;
    this.findings = findings;
  }

  public static Findings check(History history, LogChecker log) {
    var findings = new Findings();
    for (var conversation : history.conversations()) {
      var rules = new ClientRules(history, log.conversation(conversation), findings);
      history.clients().forEach(rules::check);
    }
    return findings;
  }

  private void check(ClientHistory client) {
    var told = client.received(log.conversation());
    checkOrder(client, told);
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).kind() == Received.Kind.EVENT) {
        checkContent(client, told.get(i));
      }
    }
    var again = client.repeated(log.conversation());
    for (int i = 0; i < again.size(); i++) {
      checkContent(client, again.get(i));
    }
    checkEnd(client);
  }

  /// Once, in order, no hole.
  private void checkOrder(ClientHistory client, Received told) {
    var seen = new HashMap<Long, Long>();
    var missing = new TreeSet<Long>();
    long have = NOTHING;
    for (int i = 0; i < told.size(); i++) {
      var entry = told.get(i);
      switch (entry.kind()) {
        case EVENT -> have = apply(client, entry, have, seen, missing);
        case GAP -> have = Math.max(have, entry.through());
        case START -> {
          have = entry.seq();
          // What comes after it is told again if it was told before.
          seen.keySet().removeIf(seq -> seq > entry.seq());
        }
        case END -> have = NOTHING;
      }
    }
    for (long seq : missing) {
      var event = log.at(seq);
      if (event == null || log.mayRead(client.user(), seq)) {
        add(
            AnomalyKind.HOLE,
            client,
            seq,
            event,
            "was never told it, but was told what comes after it");
      }
    }
  }

  /// @return what the client has now
  private long apply(
      ClientHistory client,
      Received.Entry entry,
      long have,
      Map<Long, Long> seen,
      Set<Long> missing) {
    long seq = entry.seq();
    var before = seen.putIfAbsent(seq, entry.identity());
    if (before != null) {
      boolean same = before == entry.identity();
      add(
          same ? AnomalyKind.DUPLICATED : AnomalyKind.TWO_WITH_ONE_SEQ,
          client,
          seq,
          log.at(seq),
          same ? "was told it twice" : "was told two different events with this seq");
    } else if (have != NOTHING && seq <= have) {
      missing.remove(seq);
      add(AnomalyKind.REORDERED, client, seq, log.at(seq), "was told it after seq " + have);
    }
    if (have != NOTHING) {
      for (long left = have + 1; left < seq; left++) {
        missing.add(left);
      }
    }
    return Math.max(have, seq);
  }

  /// The same as in the log, with the text that was sent, and not of a time that is not theirs.
  private void checkContent(ClientHistory client, Received.Entry entry) {
    var event = log.at(entry.seq());
    if (event == null || event.identity() != entry.identity()) {
      checkStranger(client, entry, event);
      return;
    }
    if (!log.mayHaveRead(client.user(), entry.seq())) {
      add(
          AnomalyKind.READ_AFTER_REMOVAL,
          client,
          entry.seq(),
          event,
          "was told it, but its person's stays are " + log.stays(client.user()));
    }
    checkText(client, entry, event);
  }

  private void checkStranger(ClientHistory client, Received.Entry entry, @Nullable Logged event) {
    var other = toldTheLog(client, entry.seq(), event);
    if (other != null) {
      add(
          AnomalyKind.DIVERGED,
          client,
          entry.seq(),
          event,
          "was told another event with this seq than %s, who was told what the log has"
              .formatted(other.name()));
    } else if (log.holds(entry.identity())) {
      add(
          AnomalyKind.SEQ_CHANGED,
          client,
          entry.seq(),
          event,
          "was told an event with this seq that the log has with another");
    } else {
      add(
          AnomalyKind.PHANTOM,
          client,
          entry.seq(),
          event,
          "was told an event that the log, which ends at seq %d, does not have"
              .formatted(log.head()));
    }
  }

  private void checkText(ClientHistory client, Received.Entry entry, Logged event) {
    var issued = history.command(event.command());
    if (issued == null || entry.text() == issued.text()) {
      return;
    }
    if (entry.text() != Digests.GONE) {
      add(
          AnomalyKind.PHANTOM,
          client,
          entry.seq(),
          event,
          "was shown a text of it that nobody sent");
    } else if (log.events().stream().noneMatch(later -> deletes(later, event))) {
      add(
          AnomalyKind.LOST,
          client,
          entry.seq(),
          event,
          "was told it without its text, but it was never deleted");
    }
  }

  private static boolean deletes(Logged later, Logged event) {
    return later.type().equals("message.deleted") && Objects.equals(later.about(), event.about());
  }

  /// Whoever is a member at the end has it all.
  private void checkEnd(ClientHistory client) {
    long stands = client.end().heads().getOrDefault(log.conversation(), 0L);
    long has = Math.min(stands, client.head(log.conversation()));
    if (log.hasMember(client.user()) && has < log.head()) {
      add(
          AnomalyKind.LOST,
          client,
          has + 1,
          log.at(has + 1),
          "ended with seq %d, but its person is a member and the log ends at %d"
              .formatted(has, log.head()));
    }
  }

  private @Nullable ClientHistory toldTheLog(ClientHistory but, long seq, @Nullable Logged event) {
    if (event == null) {
      return null;
    }
    for (var client : history.clients()) {
      var told = client.received(log.conversation());
      for (int i = 0; client != but && i < told.size(); i++) {
        var entry = told.get(i);
        if (entry.kind() == Received.Kind.EVENT
            && entry.seq() == seq
            && entry.identity() == event.identity()) {
          return client;
        }
      }
    }
    return null;
  }

  private void add(
      AnomalyKind kind, ClientHistory client, long seq, @Nullable Logged event, String what) {
    var stands =
        event == null
            ? "; the log has nothing there"
            : "; the log has %s %s there, %s"
                .formatted(event.type(), event.command(), event.place());
    findings.add(
        kind,
        log.conversation(),
        seq,
        event == null ? null : event.command(),
        client.name(),
        "the client " + what + stands);
  }
}
