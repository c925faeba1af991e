package dev.parley.tokens;

import dev.parley.tokens.Verdict.Reason;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which people and sessions still stand.
interface Standing {

  /// Whether it can be told: before the log was read, nobody knows what was revoked.
  boolean isKnown();

  /// Completes when [#isKnown] comes true.
  CompletionStage<Void> known();

  /// Whether somebody has heard of the person.
  boolean knows(UUID person);

  /// Why a token does not hold any more; null: it does. Asked for each token each time.
  @Nullable Reason ended(Caller caller);

  /// See [TokenVerifier#onEnd].
  void onEnd(Consumer<Ended> listener);
}
