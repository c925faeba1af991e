package dev.parley.projection.http;

import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads parameters of a request; each that cannot be read is refused with its name.
public final class Parameters {

  private static final int NUMBER_CHARS_MAX = 18;

  private Parameters() {}

  /// @param name of the parameter, for the refusal
  public static UUID id(String name, @Nullable String text) {
    var id = Ids.parse(text);
    if (id == null) {
      throw new Refusal(ErrorCode.INVALID, name + " must be a UUID in lower case");
    }
    return id;
  }

  /// A number from 0 on; null where the parameter is absent.
  public static @Nullable Long number(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.isEmpty()
        || text.length() > NUMBER_CHARS_MAX
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Refusal(ErrorCode.INVALID, name + " must be a number from 0 on");
    }
    return Long.valueOf(text);
  }

  /// How many entries a page has.
  public static int limit(@Nullable String text, int absent, int max) {
    var limit = number("limit", text);
    if (limit == null) {
      return absent;
    }
    if (limit < 1 || limit > max) {
      throw new Refusal(ErrorCode.INVALID, "limit must be from 1 to " + max);
    }
    return limit.intValue();
  }
}
