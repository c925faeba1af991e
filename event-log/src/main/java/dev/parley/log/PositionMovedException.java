package dev.parley.log;

/// Somebody else has advanced the stored position: the batch is not the next one any more.
public final class PositionMovedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PositionMovedException(String message) {
    super(message);
  }
}
