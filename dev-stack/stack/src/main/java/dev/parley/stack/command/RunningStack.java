package dev.parley.stack.command;

import dev.parley.stack.plan.Folders;
import dev.parley.stack.supervise.StackState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The stack of some data, seen from outside.
final class RunningStack {

  private RunningStack() {}

  /// Whether a supervisor lives: it holds the lock, and the kernel takes it back however it dies.
  static boolean isSupervised(Folders folders) throws IOException {
    if (Files.notExists(folders.lock())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(folders.lock(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }

  static Optional<StackState> state(Folders folders) throws IOException {
    return StackState.read(folders.state(), folders.data());
  }

  /// The state of a living stack, or a sentence for the one who expected it.
  static StackState expected(Folders folders) throws IOException {
    if (!isSupervised(folders)) {
      throw new CommandFailed("Parley is not running: start it with ./parley up.");
    }
    return state(folders)
        .orElseThrow(() -> new CommandFailed("Parley is just starting: try again in a moment."));
  }
}
