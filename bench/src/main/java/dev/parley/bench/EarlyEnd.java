package dev.parley.bench;

import java.util.concurrent.CountDownLatch;

/// A program that is told to end (`Ctrl-C`, SIGTERM) ends its work early, and says what came of it
/// all the same.
final class EarlyEnd {

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean asked;

  /// From here on the process does not end by itself when it is told to: [#exit] ends it.
  static EarlyEnd ofProcess() {
    var early = new EarlyEnd();
    Runtime.getRuntime().addShutdownHook(new Thread(early::awaitDone, "early-end"));
    return early;
  }

  private EarlyEnd() {}

  /// Whether it was told to end.
  boolean asked() {
    return asked;
  }

  /// Ends the process with this code.
  void exit(int code) {
    if (asked) {
      // It is ending already, and would do so with the code of the signal.
      System.out.flush();
      Runtime.getRuntime().halt(code);
    }
    done.countDown();
    System.exit(code);
  }

  private void awaitDone() {
    asked = true;
    if (done.getCount() > 0) {
      System.out.println("told to end: says what came of it first; kill -9 ends it at once");
    }
    try {
      done.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
