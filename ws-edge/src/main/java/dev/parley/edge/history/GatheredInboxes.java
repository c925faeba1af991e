package dev.parley.edge.history;

import dev.parley.edge.hub.Inbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Inboxes of many people in few questions. When all clients of an edge come back at once, people
/// wait here in order instead of failing and asking again, which would cost more than it takes to
/// serve them.
///
/// All who ask for one person before the question goes out share its answer; who asks later gets
/// one of a later question, since what was before they asked may lack what they were not told. From
/// any thread.
public final class GatheredInboxes implements Inbox {

  /// Where the answers come from.
  @FunctionalInterface
  public interface Source {

    /// The inboxes of these people; the last of them may be left out, the first never.
    CompletionStage<Map<UUID, Snapshot>> of(Collection<UUID> users);
  }

  /// @param atOnce people in one question
  /// @param questionsMax that are open at once; more people wait
  /// @param waitingMax people who wait; over it one fails
  public record Limits(int atOnce, int questionsMax, int waitingMax) {}

  private final Source source;
  private final Limits limits;
  private final SequencedMap<UUID, CompletableFuture<Snapshot>> waiting = new LinkedHashMap<>();
  private int open;

  public GatheredInboxes(Source source, Limits limits) {
    this.source = source;
    this.limits = limits;
  }

  @Override
  public CompletionStage<Snapshot> of(UUID user) {
    CompletableFuture<Snapshot> answer;
    synchronized (this) {
      answer = waiting.get(user);
      if (answer == null) {
        if (waiting.size() >= limits.waitingMax()) {
          return CompletableFuture.failedFuture(
              new IllegalStateException(
                  "More than " + limits.waitingMax() + " people wait for their inboxes"));
        }
        answer = new CompletableFuture<>();
        waiting.put(user, answer);
      }
    }
    ask();
    return answer;
  }

  private void ask() {
    var question = next();
    while (question != null) {
      var asked = question;
      source
          .of(asked.keySet())
          .whenComplete((answers, failure) -> answered(asked, answers, failure));
      question = next();
    }
  }

  private synchronized @Nullable SequencedMap<UUID, CompletableFuture<Snapshot>> next() {
    if (open == limits.questionsMax() || waiting.isEmpty()) {
      return null;
    }
    open++;
    var question = new LinkedHashMap<UUID, CompletableFuture<Snapshot>>();
    while (question.size() < limits.atOnce() && !waiting.isEmpty()) {
      var first = waiting.pollFirstEntry();
      question.put(first.getKey(), first.getValue());
    }
    return question;
  }

  private void answered(
      SequencedMap<UUID, CompletableFuture<Snapshot>> question,
      @Nullable Map<UUID, Snapshot> answers,
      @Nullable Throwable failure) {
    if (answers == null || answers.isEmpty()) {
      closed(Map.of());
      var why = failure == null ? new IllegalStateException("No inbox was told") : failure;
      question.values().forEach(answer -> answer.completeExceptionally(why));
    } else {
      var leftOut = new LinkedHashMap<>(question);
      leftOut.keySet().removeAll(answers.keySet());
      closed(leftOut);
      answers.forEach((user, snapshot) -> {
        var answer = question.get(user);
        if (answer != null) {
          answer.complete(snapshot);
        }
      });
    }
    ask();
  }

  /// Who was left out comes first in the next question.
  private synchronized void closed(Map<UUID, CompletableFuture<Snapshot>> leftOut) {
    open--;
    for (var one : new ArrayList<>(leftOut.entrySet()).reversed()) {
      var later = waiting.get(one.getKey());
      waiting.putFirst(one.getKey(), one.getValue());
      if (later != null) {
        one.getValue().whenComplete((snapshot, failure) -> pass(later, snapshot, failure));
      }
    }
  }

  private static void pass(
      CompletableFuture<Snapshot> to, @Nullable Snapshot snapshot, @Nullable Throwable failure) {
    if (snapshot == null) {
      to.completeExceptionally(
          failure == null ? new IllegalStateException("No inbox was told") : failure);
    } else {
      to.complete(snapshot);
    }
  }
}
