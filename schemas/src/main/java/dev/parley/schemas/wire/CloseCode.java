package dev.parley.schemas.wire;

/// Every code a server closes a socket with, and whether the client comes back by itself.
public enum CloseCode {
  GOING_AWAY(1001, Reconnect.RESUME, "going away"),
  RESTART(1012, Reconnect.RESUME, "restart"),
  TRY_LATER(1013, Reconnect.RESUME, "try again later"),
  DRAIN(4001, Reconnect.RESUME, "drain"),
  SLOW_CONSUMER(4008, Reconnect.RESUME, "slow consumer"),
  HEARTBEAT_MISSED(4009, Reconnect.RESUME, "heartbeat missed"),
  POSITION_INVALID(4010, Reconnect.RESUME, "position invalid"),
  STATE_INVALIDATED(4014, Reconnect.RESUME, "state invalidated"),
  RATE_LIMITED(4029, Reconnect.RESUME, "rate limited"),
  MALFORMED(4400, Reconnect.STOP, "malformed"),
  TOKEN(4401, Reconnect.STOP, "token"),
  BANNED(4403, Reconnect.STOP, "banned"),
  VERSION(4406, Reconnect.STOP, "version"),
  NO_AUTH_IN_TIME(4408, Reconnect.STOP, "no authentication in time"),
  REPLACED(4409, Reconnect.STOP, "replaced"),
  FRAME_TOO_BIG(4413, Reconnect.STOP, "frame too big"),
  CONNECTION_LIMIT(4423, Reconnect.STOP, "connection limit");

  /// What a client does after the close.
  public enum Reconnect {
    /// Connect again with back-off and resume.
    RESUME,
    /// Do not connect again before the cause is gone.
    STOP
  }

  private final int code;
  private final Reconnect reconnect;
  private final String reason;

  CloseCode(int code, Reconnect reconnect, String reason) {
    this.code = code;
    this.reconnect = reconnect;
    this.reason = reason;
  }

  /// The WebSocket close code.
  public int code() {
    return code;
  }

  /// Whether to come back.
  public Reconnect reconnect() {
    return reconnect;
  }

  /// The reason in the close frame; it never holds data of a person or a request.
  public String reason() {
    return reason;
  }
}
