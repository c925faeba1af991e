package dev.parley.stack.slack.convert;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Slack's names within the rules of names here; two that become the same are told apart by
/// identity-service.
public final class ParleyNames {

  private static final int NAME_MAX = 32;
  private static final int DISPLAY_NAME_MAX = 64;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern FORBIDDEN = Pattern.compile("[^a-z0-9_.-]+");
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+");

  private ParleyNames() {}

  /// `Zoë Ångström` becomes `zoe_angstrom`; what has nothing left is called after its id.
  public static String name(String slackName, String slackId) {
    String name = tidy(slackName);
    String fallback = name.length() >= 2 ? name : tidy("slack-" + slackId);
    return fallback.substring(0, Math.min(NAME_MAX, fallback.length()));
  }

  /// Any script; without what cannot be shown safely.
  public static String displayName(String slackName, String name) {
    String shown =
        INVISIBLE
            .matcher(Normalizer.normalize(slackName, Normalizer.Form.NFC))
            .replaceAll(" ")
            .strip();
    if (shown.isEmpty()) {
      return name;
    }
    int length = shown.codePointCount(0, shown.length());
    return shown
        .substring(0, shown.offsetByCodePoints(0, Math.min(length, DISPLAY_NAME_MAX)))
        .strip();
  }

  private static String tidy(String name) {
    String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    String tidy = FORBIDDEN.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("_");
    return tidy.replaceAll("^_+|_+$", "");
  }
}
