package dev.parley.identity.provision;

import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.PersonName;
import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes names of another system fit here: they are wishes, not input to refuse.
final class ForeignNames {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9_.-]+");
  private static final Pattern ENDS = Pattern.compile("^[.-]+|[.-]+$");
  private static final int RAW_MAX = 1_000;
  private static final int ID_DIGITS = 8;

  private ForeignNames() {}

  /// `Zoë.Müller@example.org` becomes `zoe.muller`. Where nothing is left of it (another script),
  /// the end of the id serves.
  static PersonName name(@Nullable String raw, UUID id) {
    String local = cut(raw).split("@", 2)[0];
    String plain = MARKS.matcher(Normalizer.normalize(local, Normalizer.Form.NFKD)).replaceAll("");
    String dashed = OTHERS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
    String tidy = ENDS.matcher(dashed).replaceAll("");
    PersonName name =
        PersonName.parse(tidy.substring(0, Math.min(tidy.length(), PersonName.LENGTH_MAX)));
    return name != null ? name : new PersonName("user-" + ending(id));
  }

  /// Without what a display name may not have, and not longer than one; the name where nothing is
  /// left.
  static DisplayName displayName(@Nullable String raw, PersonName name) {
    String shown =
        cut(raw)
            .codePoints()
            .mapToObj(Character::toString)
            .filter(one -> one.isBlank() || DisplayName.parse("x" + one + "x") != null)
            .map(one -> one.isBlank() ? " " : one)
            .limit(DisplayName.LENGTH_MAX)
            .collect(Collectors.joining());
    DisplayName fits = DisplayName.parse(shown);
    return fits != null ? fits : new DisplayName(name.value());
  }

  private static String cut(@Nullable String raw) {
    String text = raw == null ? "" : raw.strip();
    return text.substring(0, Math.min(text.length(), RAW_MAX));
  }

  private static String ending(UUID id) {
    String text = id.toString();
    return text.substring(text.length() - ID_DIGITS);
  }
}
