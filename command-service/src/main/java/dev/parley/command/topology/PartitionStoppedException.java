package dev.parley.command.topology;

/// Ends the stream thread that met a record it cannot decide; the stop is noted already.
final class PartitionStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PartitionStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
