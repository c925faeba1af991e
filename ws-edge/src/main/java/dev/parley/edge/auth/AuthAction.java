package dev.parley.edge.auth;

import dev.parley.edge.auth.AuthState.Way;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.tokens.Caller;

/// What a step of the state machine asks for, in this order.
public sealed interface AuthAction {

  /// The time to authenticate runs from now.
  record Await() implements AuthAction {}

  /// The credential is to be looked at; [AuthInput.Judged] follows.
  record Look() implements AuthAction {}

  /// The session is to be counted among its person's, then its token looked at once more;
  /// [AuthInput.NoRoom] or [AuthInput.Judged] follows.
  record Enter(Caller caller) implements AuthAction {}

  /// The session is the caller's until their token expires; the frame that brought it is answered
  /// or handled.
  record Accept(Way way, Caller caller) implements AuthAction {}

  /// The frame that brought the credential is refused.
  record Refuse(ErrorCode code, String detail) implements AuthAction {}

  record Close(CloseCode code) implements AuthAction {}
}
