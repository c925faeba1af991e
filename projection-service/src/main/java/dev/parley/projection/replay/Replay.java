package dev.parley.projection.replay;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A rebuild of the views, as the table `views_control.replay` has it.
///
/// @param oldSide the version in service when it began
/// @param newSide the version that is built
record Replay(
    long id,
    State state,
    int oldVersion,
    int newVersion,
    @Nullable Side oldSide,
    @Nullable Side newSide,
    String detail) {

  enum State {
    BUILDING,
    VERIFYING,
    SWITCHED,
    FAILED;

    String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }
  }

  /// What one of the two held when they were compared.
  record Side(String digest, long conversations, long messages) {}
}
