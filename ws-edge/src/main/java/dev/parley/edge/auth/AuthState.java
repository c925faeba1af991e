package dev.parley.edge.auth;

import dev.parley.tokens.Caller;

/// Where a session is in finding out, and keeping up, who it belongs to.
public sealed interface AuthState {

  /// Nobody yet: the client is to say who it is before the deadline.
  record Awaiting() implements AuthState {}

  /// The first credential is looked at. The deadline, which is the client's, does not run.
  record Identifying(Way way) implements AuthState {}

  /// Its token was good a moment ago. The session is counted among its person's now, so that it is
  /// told when their tokens end, and the token is looked at once more: what ended in between told
  /// nobody.
  ///
  /// @param renewing whether the session belonged to this person before
  record Entering(Way way, Caller caller, boolean renewing) implements AuthState {}

  /// It belongs to somebody.
  record Known(Caller caller) implements AuthState {}

  /// It belongs to somebody, and another credential is looked at.
  record Renewing(Way way, Caller caller) implements AuthState {}

  /// Nothing changes any more.
  record Over() implements AuthState {}

  /// How a credential came.
  enum Way {
    /// With the upgrade request.
    HANDSHAKE,
    /// In a frame `auth` or `refresh`, which is answered.
    FRAME,
    /// Beside the content of another frame, which is handled if the token is good.
    BESIDE
  }
}
