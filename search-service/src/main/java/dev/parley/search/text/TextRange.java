package dev.parley.search.text;

/// Characters of a text, from `start` up to but not including `end`.
public record TextRange(int start, int end) {
  public TextRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "Expected 0 <= start <= end, but got " + start + ", " + end);
    }
  }
}
