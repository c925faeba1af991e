package dev.parley.identity.password;

/// More passwords wait for hashing than the service accepts; the request can be sent again.
public final class HashingOverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int retryAfterSeconds;

  HashingOverloadedException(int retryAfterSeconds) {
    super("Too many passwords are waiting to be checked.", null, false, false);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
