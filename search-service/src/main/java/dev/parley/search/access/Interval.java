package dev.parley.search.access;

import org.jspecify.annotations.Nullable;

/// Events of a conversation that a person may see, both ends included.
///
/// @param to null while the person is a member
public record Interval(long from, @Nullable Long to) {
  public Interval {
    if (from < 1 || (to != null && to < from)) {
      throw new IllegalArgumentException("Expected 1 <= from <= to, but got " + from + ", " + to);
    }
  }

  public boolean isOpen() {
    return to == null;
  }

  public boolean holds(long seq) {
    return from <= seq && (to == null || seq <= to);
  }
}
