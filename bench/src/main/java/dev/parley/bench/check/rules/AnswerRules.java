package dev.parley.bench.check.rules;

import dev.parley.bench.check.AnomalyKind;
import dev.parley.bench.check.ConversationLog;
import dev.parley.bench.check.Findings;
import dev.parley.bench.check.LogChecker;
import dev.parley.bench.check.Logged;
import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Issued;
import dev.parley.bench.check.history.Issued.Answer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was answered is what the log has: nothing lost, nothing changed, nothing that was refused,
/// and nothing that nobody asked for.
public final class AnswerRules {

  // Two clocks, the client's and the broker's.
  private static final long SKEW_MILLIS = 2_000;

  // Their outcome depends on what others do meanwhile, so that a resend may end otherwise.
  private static final Set<Issued.Kind> UP_TO_OTHERS =
      Set.of(
          Issued.Kind.JOIN,
          Issued.Kind.LEAVE,
          Issued.Kind.INVITE,
          Issued.Kind.REMOVE,
          Issued.Kind.PIN,
          Issued.Kind.UNPIN);

  // What one who is no member yet is told.
  private static final Set<String> TO_STRANGERS = Set.of("not_found", "not_a_member");

  private AnswerRules() {}

  public static Findings check(History history, LogChecker log) {
    var findings = new Findings();
    for (var issued : history.commands()) {
      check(issued, log.conversation(issued.conversation()), findings);
    }
    for (var conversation : history.conversations()) {
      for (var event : log.conversation(conversation).events()) {
        if (history.command(event.command()) == null) {
          findings.add(
              AnomalyKind.PHANTOM,
              conversation,
              event.seq(),
              event.command(),
              "",
              "%s of %s stands at %s, but no client of the run sent it"
                  .formatted(event.type(), event.actor(), event.place()));
        }
      }
    }
    return findings;
  }

  private static void check(Issued issued, ConversationLog log, Findings findings) {
    var event = log.firstOf(issued.id());
    boolean done = false;
    for (var answer : issued.answers()) {
      switch (answer) {
        case Answer.Done success -> {
          checkDone(issued, success, done, event, log, findings);
          done = true;
        }
        case Answer.Refused refused -> checkRefused(issued, refused, event, log, findings);
      }
    }
  }

  private static void checkDone(
      Issued issued,
      Answer.Done answer,
      boolean again,
      @Nullable Logged event,
      ConversationLog log,
      Findings findings) {
    // A second way to the same end is answered with the event of the first: it was deleted already.
    // Of a pin also where a resend pinned it anew, after somebody had unpinned it.
    boolean byAnother = answer.duplicate() && (event == null || issued.kind() == Issued.Kind.PIN);
    var answered = byAnother ? log.at(answer.seq()) : event;
    if (answered == null) {
      if (!again) {
        findings.add(
            AnomalyKind.LOST,
            issued.conversation(),
            answer.seq(),
            issued.id(),
            answer.client(),
            "%s was answered with seq %d, but the log, which ends at seq %d, does not hold it"
                .formatted(issued.kind(), answer.seq(), log.head()));
      }
    } else if (issued.kind() != Issued.Kind.SCHEDULE && answered.seq() != answer.seq()) {
      findings.add(
          AnomalyKind.SEQ_CHANGED,
          issued.conversation(),
          answer.seq(),
          issued.id(),
          answer.client(),
          "%s was answered with seq %d, but stands at seq %d, %s"
              .formatted(issued.kind(), answer.seq(), answered.seq(), answered.place()));
    }
  }

  private static void checkRefused(
      Issued issued,
      Answer.Refused refused,
      @Nullable Logged event,
      ConversationLog log,
      Findings findings) {
    if (event == null || mayHaveChangedMeanwhile(issued, refused, event, log)) {
      return;
    }
    findings.add(
        AnomalyKind.ANSWER_TO_FAILED_SEND,
        issued.conversation(),
        event.seq(),
        issued.id(),
        refused.client(),
        "%s was refused as %s, but is stored with seq %d, %s"
            .formatted(issued.kind(), refused.code(), event.seq(), event.place()));
  }

  /// Of two attempts one may be decided before and one after its sender became a member: then one
  /// is refused and one stored, and both are right.
  private static boolean mayHaveChangedMeanwhile(
      Issued issued, Answer.Refused refused, Logged event, ConversationLog log) {
    return UP_TO_OTHERS.contains(issued.kind())
        || (TO_STRANGERS.contains(refused.code()) && joinedMeanwhile(issued, event, log));
  }

  private static boolean joinedMeanwhile(Issued issued, Logged event, ConversationLog log) {
    return log.stays(issued.actor()).stream()
        .map(stay -> log.at(stay.from()))
        .anyMatch(joined ->
            joined != null
                && joined.seq() < event.seq()
                && joined.atMillis() > issued.atMillis() - SKEW_MILLIS);
  }
}
