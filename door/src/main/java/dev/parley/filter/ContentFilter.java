package dev.parley.filter;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.id.Ids;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Judges what people write before it is sealed: the list of words first, then the hook.
///
/// Metrics: `parley_filter_judged_total` by `by` (words, hook) and `judgement` (pass, hold, reject,
/// unjudged); `parley_filter_failed_total` by `cause` (bound, late, connection, status, answer);
/// `parley_filter_hook_seconds`, the time of calls. Nothing that was written is logged.
@Singleton
public class ContentFilter {

  private static final CompletionStage<Judgement> PASS =
      CompletableFuture.completedStage(new Judgement.Pass());
  private static final String WORDS = "words";

  private final WordList words;
  private final Judgement onWord;
  private final @Nullable FilterHook hook;
  private final MeterRegistry meters;

  ContentFilter(FilterConfig config, MeterRegistry meters) {
    var filter = config.filter();
    this.words = WordList.of(filter.words(), filter.wordsFile());
    this.onWord =
        switch (filter.wordsAction()) {
          case HOLD -> new Judgement.Hold(WORDS);
          case REJECT -> new Judgement.Reject("It has a word that this deployment does not take.");
        };
    this.hook = hook(filter, meters);
    this.meters = meters;
  }

  /// Whether nothing is configured, so that everything passes.
  public boolean isIdle() {
    return words.isEmpty() && hook == null;
  }

  /// What becomes of a command before it is sealed; one that writes nothing passes, and so does
  /// what people write to themselves. What cannot be held is rejected in its place: edits and
  /// scheduled messages.
  ///
  /// Never fails, and is done within the hook's budget: at once on the caller's thread where no
  /// hook is asked, else on which thread is open.
  ///
  /// @param id of the command
  public CompletionStage<Judgement> judge(Command command, UUID conversation, UUID id, UUID actor) {
    if (isIdle()) {
      return PASS;
    }
    var submission = Submission.of(command, conversation, id, actor);
    return submission == null || isForAuthorAlone(submission) ? PASS : judge(submission);
  }

  /// As [#judge(Command, UUID, UUID, UUID)].
  public CompletionStage<Judgement> judge(Submission submission) {
    if (isIdle()) {
      return PASS;
    }
    if (hasWord(submission)) {
      return CompletableFuture.completedStage(counted(WORDS, possible(submission, onWord)));
    }
    return hook == null
        ? CompletableFuture.completedStage(counted(WORDS, new Judgement.Pass()))
        : hook.judge(submission)
            .thenApply(judgement -> counted("hook", possible(submission, judgement)));
  }

  void stop(@Observes @Priority(10_000) ShutdownEvent stopping) {
    if (hook != null) {
      hook.close();
    }
  }

  private static boolean isForAuthorAlone(Submission submission) {
    return submission.conversation().equals(Ids.selfConversation(submission.actor()));
  }

  private boolean hasWord(Submission submission) {
    return !words.isEmpty()
        && (words.isIn(submission.text())
            || submission.attachments().stream().anyMatch(words::isIn));
  }

  private static Judgement possible(Submission submission, Judgement judgement) {
    return judgement instanceof Judgement.Hold && !submission.kind().canBeHeld()
        ? new Judgement.Reject("A moderator would have to look at it first.")
        : judgement;
  }

  private Judgement counted(String by, Judgement judgement) {
    Counter.builder("parley.filter.judged")
        .tag("by", by)
        .tag("judgement", judgement.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
    return judgement;
  }

  private static @Nullable FilterHook hook(FilterConfig.Filter filter, MeterRegistry meters) {
    if (filter.url().isEmpty()) {
      return null;
    }
    return new FilterHook(
        filter.url().get(),
        filter
            .secret()
            .orElseThrow(() ->
                new IllegalStateException(
                    "Expected parley.filter.secret (PARLEY_FILTER_SECRET) with parley.filter.url,"
                        + " but it is not set")),
        filter,
        meters);
  }
}
