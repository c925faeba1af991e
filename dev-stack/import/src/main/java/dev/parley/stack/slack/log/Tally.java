package dev.parley.stack.slack.log;

import dev.parley.schemas.outcome.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// What became of the commands, counted as the outcomes come in.
public final class Tally {

  private static final int REASONS_MAX = 5;

  private final Map<String, Long> reasons = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Count conversations = new Count();
  private final Count messages = new Count();

  /// Of one kind of command.
  public static final class Count {
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong there = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    public long added() {
      return added.get();
    }

    /// Imported before.
    public long there() {
      return there.get();
    }

    public long refused() {
      return refused.get();
    }

    public long decided() {
      return added() + there() + refused();
    }
  }

  public Count conversations() {
    return conversations;
  }

  public Count messages() {
    return messages;
  }

  /// The first reasons for refusals, with how often each was given.
  public Map<String, Long> reasons() {
    synchronized (reasons) {
      return Map.copyOf(reasons);
    }
  }

  void added(Pending.Asked what) {
    switch (what) {
      case CONVERSATION -> conversations.added.incrementAndGet();
      case MESSAGE -> messages.added.incrementAndGet();
      case MEMBERS -> {}
    }
  }

  void there(Pending.Asked what) {
    switch (what) {
      case CONVERSATION -> conversations.there.incrementAndGet();
      case MESSAGE -> messages.there.incrementAndGet();
      case MEMBERS -> {}
    }
  }

  void refused(Pending.Asked what, Outcome.Rejected why) {
    switch (what) {
      case CONVERSATION, MEMBERS -> conversations.refused.incrementAndGet();
      case MESSAGE -> messages.refused.incrementAndGet();
    }
    // A detail may name an id; the codes are few.
    String reason = why.code().wireName() + ": " + why.detail();
    synchronized (reasons) {
      if (reasons.containsKey(reason) || reasons.size() < REASONS_MAX) {
        reasons.merge(reason, 1L, Long::sum);
      }
    }
  }
}
