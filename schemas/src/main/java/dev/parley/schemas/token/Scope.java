package dev.parley.schemas.token;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a token may be used for, if it names scopes; one that names none may be used for all that
/// its person may do.
public enum Scope {
  /// Everything that is read, and events as they come.
  READ,
  /// Commands, and what a member keeps.
  WRITE,
  SEARCH,
  /// What admins of the deployment do; the person must be one, too.
  ADMIN;

  /// The name in the claim `scope`: lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The scope of that name, or null.
  public static @Nullable Scope fromWire(@Nullable String name) {
    for (var scope : values()) {
      if (scope.wireName().equals(name)) {
        return scope;
      }
    }
    return null;
  }
}
