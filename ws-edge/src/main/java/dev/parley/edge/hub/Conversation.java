package dev.parley.edge.hub;

import dev.parley.schemas.event.ChainedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this node had of one conversation, and who listens to it here.
final class Conversation {

  static final long NOTHING_YET = -1;
  static final long NOT_WAITING = -1;

  final UUID id;
  final List<Attachment> attachments = new ArrayList<>();

  /// The last seq handed over, or [#NOTHING_YET] until the first position is known.
  long have = NOTHING_YET;

  /// The highest seq heard of in any way.
  long highest;

  /// The highest seq that a view knew: where the node starts if there is no tail.
  long viewHead;

  /// How many members it has, as far as is known here.
  long members;

  /// Events that came before those in front of them.
  final TreeMap<Long, ChainedEvent> ahead = new TreeMap<>();

  /// Whether a read for the missing ones is on its way or waits for its time.
  boolean filling;

  int attempts;

  /// Since when nothing came although something was heard of, or no position was found;
  /// milliseconds, [#NOT_WAITING] if neither. Read from any thread.
  volatile long waitingSinceMillis;

  /// Whether Redis had a tail when it was last asked.
  boolean tailSeen;

  /// Whether pushes arrive and the position is known. Read from any thread.
  volatile boolean subscribed;

  /// When it was last of use to somebody, milliseconds. Written from any thread.
  volatile long usedAtMillis;

  /// Whether a look at its use is due already.
  boolean lingering;

  boolean dropped;

  /// Waits until nothing that was heard of is missing.
  final List<Runnable> waitingForLevel = new ArrayList<>(0);

  /// Waits until [#subscribed], then runs; null once it is.
  @Nullable List<Runnable> waiting = new ArrayList<>();

  Conversation(UUID id) {
    this.id = id;
  }

  /// @param nowMillis the time
  void heardOf(long seq, long nowMillis) {
    if (seq > highest) {
      highest = seq;
      if (isBehind() && waitingSinceMillis == NOT_WAITING) {
        waitingSinceMillis = nowMillis;
      }
    }
  }

  /// Something was missing, and is not any more, or less.
  void came(long nowMillis) {
    waitingSinceMillis = isBehind() ? nowMillis : NOT_WAITING;
  }

  boolean isBehind() {
    return highest > have;
  }
}
