package dev.parley.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Where access tokens come from. Asked on the client's thread: must not block it. A product that
/// has its own users gives a lambda, which is asked for each connection and each REST call: keep a
/// token there until shortly before it ends.
///
/// A stage that fails is tried again later, with back-off; one that fails with [SignedOutException]
/// ends the client.
public interface Tokens {

  /// A token that is good for a while yet.
  CompletionStage<String> fresh();

  /// A new token, also if the current one still looks good: the server doubts it, or it ends soon.
  default CompletionStage<String> renew() {
    return fresh();
  }

  /// Always the same token: when it ends, so does the client.
  static Tokens fixed(String token) {
    return () -> CompletableFuture.completedFuture(token);
  }

  /// Those of an account, renewed with its refresh token.
  static Tokens of(Rest rest, Account account) {
    return new RefreshedTokens(rest, account);
  }

  /// Those of a bot or a service: its key is exchanged for a token whenever one is needed.
  static Tokens ofKey(Rest rest, String key) {
    return new KeyTokens(rest, key);
  }

  /// Nobody is signed in any more, and asking again will not help.
  final class SignedOutException extends RuntimeException {
    public SignedOutException(String message) {
      super(message);
    }
  }
}
