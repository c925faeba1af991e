package dev.parley.schemas.command;

import java.util.Locale;

/// How a scheduled message ended.
public enum ScheduleEnd {
  SENT,
  CANCELLED,
  /// Its conversation refused it when its time had come.
  FAILED;

  /// The name on the wire: lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
