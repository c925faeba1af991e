package dev.parley.identity.person;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/// The name others read: 1 to 64 characters of any script, no control characters, no space at the
/// ends.
public record DisplayName(String value) {

  /// What a refusal says about a bad display name.
  public static final String RULE =
      "A display name has 1 to 64 characters and no control characters.";

  public static final int LENGTH_MAX = 64;

  public DisplayName {
    if (!isValid(value)) {
      throw new IllegalArgumentException(RULE);
    }
  }

  /// The display name without space at its ends, or null where the input breaks the rule.
  public static @Nullable DisplayName parse(String raw) {
    String tidy = Normalizer.normalize(raw, Normalizer.Form.NFC).strip();
    return isValid(tidy) ? new DisplayName(tidy) : null;
  }

  private static boolean isValid(String value) {
    int length = value.codePointCount(0, value.length());
    return length >= 1
        && length <= LENGTH_MAX
        && value.codePoints().noneMatch(DisplayName::isForbidden);
  }

  /// Control characters, halves of a surrogate pair, and the marks that turn the direction of what
  /// follows.
  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default ->
          (codePoint >= 0x202A && codePoint <= 0x202E)
              || (codePoint >= 0x2066 && codePoint <= 0x2069);
    };
  }
}
