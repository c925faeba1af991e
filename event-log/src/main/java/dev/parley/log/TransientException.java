package dev.parley.log;

/// Something outside was not there; the same step may succeed later.
public class TransientException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TransientException(String message) {
    super(message);
  }

  public TransientException(String message, Throwable cause) {
    super(message, cause);
  }
}
