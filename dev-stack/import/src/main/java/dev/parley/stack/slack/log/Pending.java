package dev.parley.stack.slack.log;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Commands whose outcome is not known yet: bounded, so that the import is never far ahead of the
/// decider.
public final class Pending {

  private final Map<UUID, Asked> asked = new ConcurrentHashMap<>();
  private final Semaphore free;
  private final int max;

  public Pending(int max) {
    this.max = max;
    this.free = new Semaphore(max);
  }

  /// What a command asks for.
  public enum Asked {
    CONVERSATION,
    /// A further part of a long list of members.
    MEMBERS,
    MESSAGE
  }

  /// Waits for a free place; false if there is none in time.
  public boolean expect(UUID command, Asked what, long waitMillis) throws InterruptedException {
    if (!free.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
      return false;
    }
    if (asked.put(command, what) != null) {
      throw new IllegalStateException("Expected command " + command + " to be sent once");
    }
    return true;
  }

  /// Waits until nothing is pending; false if something is still.
  public boolean awaitNone(long waitMillis) throws InterruptedException {
    if (!free.tryAcquire(max, waitMillis, TimeUnit.MILLISECONDS)) {
      return false;
    }
    free.release(max);
    return true;
  }

  public int size() {
    return asked.size();
  }

  /// The outcome of this command has come: what it asked for, or null where nobody waits for it
  /// (any more).
  @Nullable Asked take(UUID command) {
    Asked what = asked.remove(command);
    if (what != null) {
      free.release();
    }
    return what;
  }
}
