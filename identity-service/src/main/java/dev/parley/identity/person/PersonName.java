package dev.parley.identity.person;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The unique name a person logs in with and is mentioned by: 2 to 32 of `a-z 0-9 _ . -`.
public record PersonName(String value) {

  /// What a refusal says about a bad name.
  public static final String RULE =
      "A name has 2 to 32 characters: small letters a-z, digits, '_', '.', '-'.";

  public static final int LENGTH_MAX = 32;

  private static final Pattern PATTERN = Pattern.compile("[a-z0-9_.-]{2,32}");

  public PersonName {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(RULE);
    }
  }

  /// The name, or null where the input breaks the rule.
  public static @Nullable PersonName parse(@Nullable String raw) {
    return raw != null && PATTERN.matcher(raw).matches() ? new PersonName(raw) : null;
  }

  /// This name made different by a number, shortened where it would grow too long: `ada`, `ada-2`,
  /// `ada-3`.
  public PersonName numbered(int number) {
    String suffix = "-" + number;
    int keep = Math.min(value.length(), LENGTH_MAX - suffix.length());
    return new PersonName(value.substring(0, keep) + suffix);
  }
}
