package dev.parley.bench.check.history;

import java.util.Arrays;

/// What one client was told of one conversation, in the order in which it was told: three numbers
/// an entry. Written by the client's thread, read when it has ended.
public final class Received {

  /// What an entry is.
  public enum Kind {
    EVENT,
    /// From `seq` to `through` is not told one by one.
    GAP,
    /// A snapshot: the client has everything up to `seq`, and begins after it.
    START,
    /// The conversation is none of the client's any more.
    END
  }

  /// @param identity of an event; [Digests#identity]
  /// @param text of an event; [Digests#shownText]
  /// @param through of a gap: its last seq
  public record Entry(Kind kind, long seq, long identity, long text, long through) {}

  private static final int STRIDE = 3;
  private static final int FIRST_CAPACITY = 16 * STRIDE;
  private static final long NOT_AN_EVENT = -1;

  // An event: seq, identity, text. Anything else: -1 - ordinal of the kind, seq, through.
  private long[] cells = new long[FIRST_CAPACITY];
  private int used;

  synchronized void event(long seq, long identity, long text) {
    add(seq, identity, text);
  }

  synchronized void mark(Kind kind, long seq, long through) {
    add(NOT_AN_EVENT - kind.ordinal(), seq, through);
  }

  public synchronized int size() {
    return used / STRIDE;
  }

  public synchronized Entry get(int index) {
    int at = index * STRIDE;
    return cells[at] < 0
        ? new Entry(
            Kind.values()[(int) (NOT_AN_EVENT - cells[at])], cells[at + 1], 0, 0, cells[at + 2])
        : new Entry(Kind.EVENT, cells[at], cells[at + 1], cells[at + 2], cells[at]);
  }

  private void add(long first, long second, long third) {
    if (used == cells.length) {
      cells = Arrays.copyOf(cells, cells.length * 2);
    }
    cells[used++] = first;
    cells[used++] = second;
    cells[used++] = third;
  }
}
