package dev.parley.bench.check.workload;

import dev.parley.bench.check.history.ClientHistory;
import dev.parley.client.ChatListener;

/// What stands between a client and the one who records it: nothing, unless a test plants a bug
/// there.
@FunctionalInterface
public interface Seam {

  /// Nothing.
  Seam NONE = recorder -> recorder;

  /// What the client tells in place of the recorder.
  ChatListener between(ClientHistory recorder);
}
