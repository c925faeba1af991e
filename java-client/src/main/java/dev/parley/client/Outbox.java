package dev.parley.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The requests that are not answered yet, oldest first. They survive the loss of a connection and
/// go out again on the next one with the ids that they have, which the server decides only once.
/// For one thread, the client's.
final class Outbox {

  /// Puts a frame on the wire; the answer may never come.
  interface Wire {
    void request(Frame frame, Consumer<Reply> answered);
  }

  /// @param entriesMax unanswered requests; over it a new one is refused
  /// @param flyingMax of them on the wire at once, so that a full outbox is no flood
  /// @param answerMillis an answer that takes longer is taken for lost
  record Limits(int entriesMax, int flyingMax, long answerMillis) {}

  private static final class Entry {
    private final Frame frame;
    private final boolean once;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private int sent;
    private int refusals;
    private boolean flying;
    private Timers.Timer timer = () -> {};

    Entry(Frame frame, boolean once) {
      this.frame = frame;
      this.once = once;
    }
  }

  private final Set<Entry> entries = new LinkedHashSet<>();
  private final Timers timers;
  private final Backoff backoff;
  private final Limits limits;
  private @Nullable Wire wire;
  private boolean paused;
  private long resends;

  Outbox(Timers timers, Backoff backoff, Limits limits) {
    this.timers = timers;
    this.backoff = backoff;
    this.limits = limits;
  }

  /// Sent until it is answered; only a lasting refusal is an answer.
  CompletableFuture<Reply> submit(Frame frame) {
    return add(new Entry(frame, false));
  }

  /// A temporary refusal is an answer, too.
  CompletableFuture<Reply> ask(Frame frame) {
    return add(new Entry(frame, true));
  }

  long resends() {
    return resends;
  }

  int size() {
    return entries.size();
  }

  /// A connection is there: everything unanswered goes out, in the order in which it was given.
  void opened(Wire opened) {
    wire = opened;
    paused = false;
    pump();
  }

  /// The connection is gone. What it carried may or may not have arrived.
  void closed() {
    wire = null;
    for (var entry : entries) {
      entry.timer.cancel();
      entry.flying = false;
    }
  }

  /// No connection will come any more: nothing is left waiting for ever.
  void abandon(RuntimeException failure) {
    closed();
    var left = new ArrayList<>(entries);
    entries.clear();
    left.forEach(entry -> entry.reply.completeExceptionally(failure));
  }

  private CompletableFuture<Reply> add(Entry entry) {
    if (entries.size() >= limits.entriesMax()) {
      entry.reply.complete(
          new Reply.Refused(
              Reply.OUTBOX_FULL, true, 0, limits.entriesMax() + " requests are unanswered."));
    } else {
      entries.add(entry);
      entry.reply.whenComplete((_, givenUp) -> {
        if (givenUp != null && entries.remove(entry)) {
          // It may have been decided all the same; its answer finds nobody.
          entry.timer.cancel();
          pump();
        }
      });
      pump();
    }
    return entry.reply;
  }

  private void pump() {
    for (var next = nextToFly(); next != null; next = nextToFly()) {
      put(next);
    }
  }

  private @Nullable Entry nextToFly() {
    int flying = 0;
    for (var entry : entries) {
      if (wire == null || paused || ++flying > limits.flyingMax()) {
        return null;
      }
      if (!entry.flying) {
        return entry;
      }
    }
    return null;
  }

  private void put(Entry entry) {
    var on = wire;
    if (on == null) {
      return;
    }
    entry.flying = true;
    if (entry.sent++ > 0) {
      resends++;
    }
    entry.timer.cancel();
    int attempt = entry.sent;
    entry.timer = timers.after(limits.answerMillis(), () -> again(entry));
    on.request(entry.frame, reply -> answered(entry, attempt, reply));
  }

  private void again(Entry entry) {
    entry.flying = false;
    pump();
  }

  /// That an earlier try was accepted is as good as if the last was: the id is the same. A refusal
  /// answers its own try alone, since a later one may be accepted; that one's answer is waited for.
  private void answered(Entry entry, int attempt, Reply reply) {
    if (!entries.contains(entry)) {
      return;
    }
    if (reply instanceof Reply.Refused refused) {
      if (attempt != entry.sent) {
        return;
      }
      if (!entry.once && refused.temporary()) {
        retry(entry, refused);
        return;
      }
    }
    entry.timer.cancel();
    entries.remove(entry);
    entry.reply.complete(reply);
    pump();
  }

  private void retry(Entry entry, Reply.Refused refused) {
    long wait =
        refused.retryAfterMillis()
            + backoff.millis(entry.refusals++, ThreadLocalRandom.current()::nextDouble);
    entry.timer.cancel();
    entry.timer = timers.after(wait, () -> again(entry));
    if (refused.code().equals("rate_limited") && !paused && refused.retryAfterMillis() > 0) {
      pause(refused.retryAfterMillis());
    }
  }

  /// The others would be refused as well.
  private void pause(long millis) {
    paused = true;
    timers.after(
        millis,
        () -> {
          paused = false;
          pump();
        });
  }
}
