package dev.parley.bench.check.workload;

import java.util.UUID;

/// Which way a message goes.
sealed interface Door {

  Door SOCKET = new Socket();
  Door REST = new Rest();

  record Socket() implements Door {}

  /// In a thread, over a socket.
  ///
  /// @param root the message that the thread hangs on
  record InThread(UUID root) implements Door {}

  record Rest() implements Door {}

  /// The way of a resend: what is asked for is the same.
  default Door again() {
    return switch (this) {
      case Socket _, Rest _ -> SOCKET;
      case InThread thread -> thread;
    };
  }
}
