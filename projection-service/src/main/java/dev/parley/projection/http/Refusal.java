package dev.parley.projection.http;

import dev.parley.schemas.error.ErrorCode;

/// A request that is answered with a problem document.
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /// @param detail a sentence about this very request; it holds no secret
  public Refusal(ErrorCode code, String detail) {
    // A refusal is an answer, not a failure: it needs no stack.
    super(detail, null, false, false);
    this.code = code;
  }

  /// The same whether it does not exist or is not for the caller.
  public static Refusal absent() {
    return new Refusal(ErrorCode.NOT_FOUND, "There is no such conversation, or not for you");
  }

  public ErrorCode code() {
    return code;
  }
}
