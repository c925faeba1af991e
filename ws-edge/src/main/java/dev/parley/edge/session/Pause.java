package dev.parley.edge.session;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Keeps the further frames of a session waiting, so that they stay in order.
@FunctionalInterface
interface Pause {

  /// Until `done`; what it says is handled on the session's loop, unless the session is over.
  <T> void until(CompletionStage<T> done, BiConsumer<@Nullable T, @Nullable Throwable> then);
}
