package dev.parley.search.message;

import java.util.Locale;

/// Whether a message can be found.
public enum MessageState {
  LIVE,
  DELETED,
  /// Its author was erased, or who wrote what it copies.
  ERASED;

  /// The state's name in the index.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
