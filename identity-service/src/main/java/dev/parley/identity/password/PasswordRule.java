package dev.parley.identity.password;

import dev.parley.identity.person.PersonName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a new password must be: long enough, not absurdly long, not one that everybody tries first.
public final class PasswordRule {

  static final int LENGTH_MIN = 10;
  static final int LENGTH_MAX = 256;

  private static final Set<String> COMMON = readCommon();

  private PasswordRule() {}

  /// Why this password is refused, a sentence for its owner; null where it is fine.
  public static @Nullable String refusal(@Nullable String password, PersonName name) {
    if (password == null || password.codePointCount(0, password.length()) < LENGTH_MIN) {
      return "A password has at least " + LENGTH_MIN + " characters.";
    }
    if (password.length() > LENGTH_MAX) {
      return "A password has at most " + LENGTH_MAX + " characters.";
    }
    String lower = password.toLowerCase(Locale.ROOT);
    if (lower.equals(name.value())
        || COMMON.contains(lower)
        || lower.chars().distinct().count() < 3) {
      return "This password is among the first that are tried. Choose another one.";
    }
    return null;
  }

  /// Whether an account can have this password at all: what is longer is never hashed, so that
  /// hashing stays bounded.
  public static boolean isPossible(String password) {
    return password.length() <= LENGTH_MAX;
  }

  private static Set<String> readCommon() {
    try (InputStream list = PasswordRule.class.getResourceAsStream("/common-passwords.txt");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(list), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
