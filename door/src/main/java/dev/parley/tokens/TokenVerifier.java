package dev.parley.tokens;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Tells who shows a token. Never blocks.
public interface TokenVerifier {

  /// Completes at once, on the caller's thread, when the key of the token is known here; otherwise
  /// on another thread, as soon as its keys have been fetched. Never completes exceptionally.
  ///
  /// @param token as it was sent, of any size and content
  CompletionStage<Verdict> verify(String token);

  /// Tells `listener` of all that ends from now on, on a thread that must not be held up: it
  /// belongs to the reading of the log.
  void onEnd(Consumer<Ended> listener);
}
