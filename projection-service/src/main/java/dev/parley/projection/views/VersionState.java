package dev.parley.projection.views;

import java.util.Locale;

/// What a version of the views is for.
public enum VersionState {
  /// Read by everybody; exactly one.
  IN_SERVICE,
  /// Kept up to date for a switch back; at most one.
  PREVIOUS,
  /// On its way.
  BUILDING,
  /// Its rebuild did not match or could not go on; kept to look at until the next one.
  FAILED,
  /// Nobody writes it any more; about to be dropped.
  RETIRED,
  DROPPED;

  /// The name in `views_control.version`.
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static VersionState of(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }

  /// Whether it follows the log.
  public boolean live() {
    return switch (this) {
      case IN_SERVICE, PREVIOUS, BUILDING -> true;
      case FAILED, RETIRED, DROPPED -> false;
    };
  }
}
