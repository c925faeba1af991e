package dev.parley.client;

/// Runs something later, on the client's thread.
interface Timers {

  /// Cancels what waits; does nothing once it ran.
  interface Timer {
    void cancel();
  }

  Timer after(long millis, Runnable task);
}
