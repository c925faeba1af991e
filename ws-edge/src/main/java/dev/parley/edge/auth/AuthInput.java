package dev.parley.edge.auth;

import dev.parley.edge.auth.AuthState.Way;
import dev.parley.tokens.Ended;
import dev.parley.tokens.Verdict;

/// What happens to a session's [AuthState].
public sealed interface AuthInput {

  /// A credential came.
  record Offered(Way way) implements AuthInput {}

  /// The credential was looked at.
  record Judged(Verdict verdict) implements AuthInput {}

  /// The person has as many sockets as allowed.
  record NoRoom() implements AuthInput {}

  /// Tokens ended before they expired.
  record TokensEnded(Ended end) implements AuthInput {}

  /// The time to authenticate is over.
  record DeadlinePassed() implements AuthInput {}

  /// The token of the session expired.
  record Expired() implements AuthInput {}

  /// The socket is gone, or ended for another reason.
  record Gone() implements AuthInput {}
}
