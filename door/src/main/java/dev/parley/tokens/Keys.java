package dev.parley.tokens;

import java.security.PublicKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The public keys of one issuer.
interface Keys extends AutoCloseable {

  /// What came of looking for a key.
  sealed interface Search {
    record Found(PublicKey key) implements Search {}

    /// The issuer has no such key.
    record Unknown() implements Search {}

    /// The issuer could not be asked.
    record Unavailable() implements Search {}
  }

  /// The key that is known now. Never blocks.
  ///
  /// @param id the `kid` of a token; null: it names none
  @Nullable PublicKey known(@Nullable String id, String algorithm);

  /// Asks the issuer for the key, as far as it has not been asked too often.
  default CompletionStage<Search> fetch(@Nullable String id, String algorithm) {
    return CompletableFuture.completedStage(new Search.Unknown());
  }

  default void start() {}

  @Override
  default void close() {}

  /// Keys that this process has itself.
  static Keys of(OwnKeys own) {
    return (id, _) -> id == null ? null : own.byId(id);
  }
}
