package dev.parley.client;

import dev.parley.schemas.wire.CloseCode;

/// How a client stands to its server.
public sealed interface ConnectionState {

  record Connecting() implements ConnectionState {}

  /// Authenticated; what was missed is coming.
  record CatchingUp(boolean resumed) implements ConnectionState {}

  record Live() implements ConnectionState {}

  /// Comes back by itself.
  record Waiting(long millis) implements ConnectionState {}

  /// Does not come back.
  record Stopped(int code, String reason) implements ConnectionState {
    public Cause because() {
      return Cause.of(code);
    }
  }

  /// Why a client does not come back: what to tell the person.
  enum Cause {
    /// By its own [Chat#close].
    CLOSED,
    /// The session has ended, or the token is void: sign in again.
    SIGNED_OUT,
    /// The person may not use this Parley at present.
    SUSPENDED,
    /// Anything else that the close code tells.
    REFUSED;

    static Cause of(int code) {
      if (code == Link.DONE) {
        return CLOSED;
      }
      if (code == CloseCode.TOKEN.code()) {
        return SIGNED_OUT;
      }
      return code == CloseCode.BANNED.code() ? SUSPENDED : REFUSED;
    }
  }
}
