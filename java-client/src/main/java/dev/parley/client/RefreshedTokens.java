package dev.parley.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Renews an access token with the refresh token that came with it. A refresh token is good once,
/// so whoever asks during a renewal waits for that one.
final class RefreshedTokens implements Tokens {

  private final Rest rest;
  private Account account;
  private @Nullable CompletableFuture<String> renewal;

  RefreshedTokens(Rest rest, Account account) {
    this.rest = rest;
    this.account = account;
  }

  @Override
  public synchronized CompletionStage<String> fresh() {
    return renewal == null ? CompletableFuture.completedFuture(account.token()) : renewal;
  }

  @Override
  public synchronized CompletionStage<String> renew() {
    if (account.refreshToken().isEmpty()) {
      return CompletableFuture.completedFuture(account.token());
    }
    if (renewal != null) {
      return renewal;
    }
    var asked = new CompletableFuture<String>();
    renewal = asked;
    var unused = rest.refresh(account).whenComplete((next, failed) -> renewed(asked, next, failed));
    return asked;
  }

  private void renewed(
      CompletableFuture<String> asked, @Nullable Account next, @Nullable Throwable failed) {
    synchronized (this) {
      renewal = null;
      if (next != null) {
        account = next;
      }
    }
    if (next != null) {
      asked.complete(next.token());
    } else {
      asked.completeExceptionally(failed == null ? new IllegalStateException("No token") : failed);
    }
  }
}
