package dev.parley.log;

import dev.parley.schemas.error.ErrorCode;

/// A record was not taken. With [ErrorCode#OVERLOADED] nothing was stored; with
/// [ErrorCode#UNAVAILABLE] it may have been, and is sent again with the same id.
public final class PublishRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  PublishRefusedException(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  PublishRefusedException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// What to answer.
  public ErrorCode code() {
    return code;
  }
}
