package dev.parley.search.text;

import java.lang.Character.UnicodeScript;

/// What is known of single letters of the world's scripts.
public final class Letters {

  private Letters() {}

  /// Whether the text holds a letter that bigrams are made of: Chinese, Japanese, Korean.
  public static boolean hasCjk(String text) {
    return text.codePoints().anyMatch(Letters::isCjk);
  }

  /// Whether the text holds more than ASCII, so that an accent or a width may have been folded.
  public static boolean hasBeyondAscii(String text) {
    return text.chars().anyMatch(unit -> unit > 0x7F);
  }

  /// Whether the index can hold something of the text: a letter, a digit or an emoji.
  public static boolean hasWord(String text) {
    return text.codePoints()
        .anyMatch(letter ->
            Character.isLetterOrDigit(letter)
                || Character.getType(letter) == Character.OTHER_NUMBER
                || (letter > 0x7F && Character.isEmoji(letter)));
  }

  private static boolean isCjk(int letter) {
    if (letter < 0x1100) {
      return false;
    }
    var script = UnicodeScript.of(letter);
    return script == UnicodeScript.HAN
        || script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.KATAKANA
        || script == UnicodeScript.HANGUL;
  }

  /// Marks and points that a person may leave out and still mean the same word.
  static boolean isDropped(int letter) {
    return (letter >= 0x0300 && letter <= 0x036F) // accents that no composed letter exists for
        || (letter >= 0x0591 && letter <= 0x05C7 && isMark(letter)) // Hebrew points
        || letter == 0x0640 // Arabic tatweel
        || (letter >= 0x064B && letter <= 0x065F) // Arabic vowel signs
        || letter == 0x0670
        || letter == 0x00AD // soft hyphen
        || letter == 0x200C // zero width joiners and spaces
        || letter == 0x200D
        || letter == 0x200B
        || letter == 0xFE0F; // emoji variation
  }

  /// Thai, Lao, Khmer, Burmese: no spaces between words.
  static boolean isUnspaced(int letter) {
    return (letter >= 0x0E00 && letter <= 0x0EFF)
        || (letter >= 0x1000 && letter <= 0x109F)
        || (letter >= 0x1780 && letter <= 0x17FF);
  }

  static boolean beginsSyllable(int letter) {
    return !isMark(letter);
  }

  /// One letter for all its variants; a space for what joins the parts of a name.
  static int folded(int letter) {
    return switch (letter) {
      case '.', '_', ':', 0xFF0E, 0xFF3F, 0xFF1A, 0x00B7, 0x2024, 0x2027 -> ' ';
      case 0x2019, 0x02BC, 0xFF07 -> '\'';
      case 0x0622, 0x0623, 0x0625, 0x0671 -> 0x0627; // alef with hamza, madda, wasla
      case 0x0649, 0x06CC -> 0x064A; // alef maksura, Persian yeh
      case 0x06A9 -> 0x0643; // Persian kaf
      case 0x0629 -> 0x0647; // teh marbuta
      case 0x0451 -> 0x0435; // ё
      case 0x0401 -> 0x0415;
      case 0x03C2 -> 0x03C3; // final sigma
      case 0x03AC, 0x0386 -> 0x03B1; // Greek letters without their accent
      case 0x03AD, 0x0388 -> 0x03B5;
      case 0x03AE, 0x0389 -> 0x03B7;
      case 0x03AF, 0x038A, 0x03CA, 0x0390 -> 0x03B9;
      case 0x03CC, 0x038C -> 0x03BF;
      case 0x03CD, 0x038E, 0x03CB, 0x03B0 -> 0x03C5;
      case 0x03CE, 0x038F -> 0x03C9;
      default -> letter;
    };
  }

  private static boolean isMark(int letter) {
    int type = Character.getType(letter);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
