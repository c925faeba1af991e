package dev.parley.identity.account;

import dev.parley.identity.person.PublicPerson;
import dev.parley.identity.signing.AccessTokens.AccessToken;
import dev.parley.schemas.error.ErrorCode;

/// How an attempt to get in ended.
sealed interface Entry {

  record SignedIn(PublicPerson user, AccessToken access, String refreshToken) implements Entry {
    @Override
    public String toString() {
      return "SignedIn[" + user.id() + "]";
    }
  }

  record Refused(ErrorCode code, String detail) implements Entry {}

  /// Too many attempts, be this one right or wrong.
  record Throttled(long retryAfterMillis) implements Entry {}
}
