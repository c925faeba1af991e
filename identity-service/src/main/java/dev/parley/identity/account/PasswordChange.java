package dev.parley.identity.account;

import dev.parley.schemas.error.ErrorCode;

/// How an attempt to change a password ended.
sealed interface PasswordChange {

  /// All other sessions have ended.
  record Changed() implements PasswordChange {}

  record Refused(ErrorCode code, String detail) implements PasswordChange {}

  /// Too many attempts, be this one right or wrong.
  record Throttled(long retryAfterMillis) implements PasswordChange {}
}
