package dev.parley.tokens;

/// The token of a request cannot be checked at the moment: 503, and the next attempt may succeed.
public final class TokenUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TokenUnavailableException() {
    super("A token cannot be checked now", null, false, false);
  }
}
