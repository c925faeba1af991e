package dev.parley.identity.audit;

import java.util.Locale;

/// What admins and operators do.
public enum Act {
  USER_CREATED,
  USER_RENAMED,
  USER_SUSPENDED,
  USER_RESTORED,
  USER_ERASED,
  ADMIN_MADE,
  ADMIN_TAKEN,
  SESSION_ENDED,
  SESSIONS_ENDED,
  BOT_CREATED,
  BOT_KEY_CREATED,
  BOT_KEY_DELETED,
  SIGNING_KEYS_ROTATED,
  MASTER_KEY_REWRAPPED;

  /// As the table and the API have it.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
