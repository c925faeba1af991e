package dev.parley.search.text;

import java.text.Normalizer;
import java.util.Arrays;

/// A text in the form that is indexed and searched, with the way back to the form that is shown.
///
/// The engine's analyzer (standard tokenizer, lower case, ASCII folding) does the rest; what it
/// does not do for every script is done here, alike for documents and for queries: canonical
/// composition; vowel points and accents that stand apart are dropped; variants of a letter (Arabic
/// alef, final sigma, ё) become one; names such as `Nat.succ_le` come apart; scripts that are
/// written without spaces and have no analyzer (Thai, Lao, Khmer, Burmese) become one word a
/// syllable sign, so that a phrase finds any part of them.
public final class FoldedText {

  private final String shown;
  private final String words;
  private final int[] starts;
  private final int[] ends;

  private FoldedText(String shown, String words, int[] starts, int[] ends) {
    this.shown = shown;
    this.words = words;
    this.starts = starts;
    this.ends = ends;
  }

  public static FoldedText of(String text) {
    return new Folding(Normalizer.normalize(text, Normalizer.Form.NFC)).fold();
  }

  /// The text, canonically composed: what highlights are cut from.
  public String shown() {
    return shown;
  }

  /// The text as it is indexed.
  public String words() {
    return words;
  }

  /// Where in [#shown] the characters `start` to `end` of [#words] come from.
  public TextRange shown(TextRange inWords) {
    if (inWords.end() > starts.length) {
      throw new IllegalArgumentException(
          "Expected a range of " + starts.length + " characters, but got " + inWords);
    }
    return new TextRange(starts[inWords.start()], ends[inWords.end() - 1]);
  }

  private static final class Folding {
    private final String shown;
    private final StringBuilder words;
    private int[] starts;
    private int[] ends;
    private boolean afterUnspaced;

    Folding(String shown) {
      this.shown = shown;
      this.words = new StringBuilder(shown.length());
      this.starts = new int[shown.length() + 1];
      this.ends = new int[shown.length() + 1];
    }

    FoldedText fold() {
      for (int at = 0; at < shown.length(); ) {
        int letter = shown.codePointAt(at);
        int next = at + Character.charCount(letter);
        take(letter, at, next);
        at = next;
      }
      int length = words.length();
      return new FoldedText(
          shown, words.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
    }

    private void take(int letter, int start, int end) {
      if (Letters.isDropped(letter)) {
        extendLast(end);
        return;
      }
      boolean unspaced = Letters.isUnspaced(letter);
      if (unspaced && afterUnspaced && Letters.beginsSyllable(letter)) {
        append(' ', start, start);
      }
      afterUnspaced = unspaced;
      for (char unit : Character.toChars(Letters.folded(letter))) {
        append(unit, start, end);
      }
    }

    private void extendLast(int end) {
      if (!words.isEmpty()) {
        ends[words.length() - 1] = end;
      }
    }

    private void append(char unit, int start, int end) {
      int length = words.length();
      if (length == starts.length) {
        starts = Arrays.copyOf(starts, length * 2);
        ends = Arrays.copyOf(ends, length * 2);
      }
      starts[length] = start;
      ends[length] = end;
      words.append(unit);
    }
  }
}
