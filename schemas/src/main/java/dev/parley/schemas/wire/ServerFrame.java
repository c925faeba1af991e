package dev.parley.schemas.wire;

/// Every type of frame that a server sends by itself. Answers have no type, but the `id` of what
/// they answer.
public enum ServerFrame {
  HELLO("hello"),
  READY("ready"),
  EVENT("event"),
  GAP("gap"),
  LIVE("live"),
  PING("ping"),
  PONG("pong"),
  AUTH_EXPIRING("auth.expiring"),
  RECONNECT("reconnect"),
  MARK("mark"),
  SETTINGS("settings"),
  DRAFT("draft"),
  HIDDEN("hidden"),
  TYPING("typing"),
  PRESENCE("presence"),
  COUNTS("counts"),
  PROFILE("profile");

  private final String wireName;

  ServerFrame(String wireName) {
    this.wireName = wireName;
  }

  /// The frame's `t`.
  public String wireName() {
    return wireName;
  }
}
