package dev.parley.client;

/// How a client stands to its server.
public sealed interface ConnectionState {

  record Connecting() implements ConnectionState {}

  /// Authenticated; what was missed is coming.
  record CatchingUp(boolean resumed) implements ConnectionState {}

  record Live() implements ConnectionState {}

  /// Comes back by itself.
  record Waiting(long millis) implements ConnectionState {}

  /// Does not come back: the server forbids it, nobody is signed in, or it was closed.
  record Stopped(int code, String reason) implements ConnectionState {}
}
