package dev.parley.edge.token;

import java.util.concurrent.CompletionStage;

/// Checks access tokens. Never blocks.
@FunctionalInterface
public interface Tokens {
  CompletionStage<TokenCheck> check(String token);
}
