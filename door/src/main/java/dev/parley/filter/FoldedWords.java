package dev.parley.filter;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text as words that compare equal however they were written: without case, accents, width and
/// what cannot be seen.
///
/// Where a script has no spaces between words each letter is one, so that a word of the list is
/// found inside a run of them.
final class FoldedWords {

  private static final int KANA_VOICED = 0x3099;
  private static final int KANA_SEMI_VOICED = 0x309A;

  private FoldedWords() {}

  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    folded(text)
        .codePoints()
        .forEach(letter -> {
          if (!isOfWord(letter)) {
            end(word, words);
          } else if (isUnspaced(letter)) {
            end(word, words);
            words.add(Character.toString(letter));
          } else {
            word.appendCodePoint(letter);
          }
        });
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static String folded(String text) {
    var bare = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .codePoints()
        .filter(letter -> !isDropped(letter))
        .forEach(bare::appendCodePoint);
    // By way of capitals, since some small letters have no other in common: "ß" and "ss".
    return Normalizer.normalize(
        bare.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /// Marks that belong to no script of their own, Hebrew points, and what cannot be seen. In other
  /// scripts a mark is a vowel, and another word without it.
  private static boolean isDropped(int letter) {
    return switch (Character.getType(letter)) {
      case Character.FORMAT -> true;
      case Character.NON_SPACING_MARK -> {
        var script = UnicodeScript.of(letter);
        yield (script == UnicodeScript.INHERITED || script == UnicodeScript.HEBREW)
            && letter != KANA_VOICED
            && letter != KANA_SEMI_VOICED;
      }
      default -> false;
    };
  }

  private static boolean isOfWord(int letter) {
    return Character.isLetterOrDigit(letter)
        || switch (Character.getType(letter)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              true;
          default -> false;
        };
  }

  private static boolean isUnspaced(int letter) {
    return switch (UnicodeScript.of(letter)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
