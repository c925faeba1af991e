package dev.parley.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Exchanges the key of a bot for access tokens. A token is kept until shortly before it ends, and
/// whoever asks during an exchange waits for that one.
final class KeyTokens implements Tokens {

  /// A token with less left than this is not handed out.
  private static final long SPARE_SECONDS = 30;

  private final Rest rest;
  private final String key;
  private final InstantSource clock = InstantSource.system();
  private String token = "";
  private Instant endsAt = Instant.MIN;
  private @Nullable CompletableFuture<String> exchange;

  KeyTokens(Rest rest, String key) {
    this.rest = rest;
    this.key = key;
  }

  @Override
  public synchronized CompletionStage<String> fresh() {
    return clock.instant().plusSeconds(SPARE_SECONDS).isBefore(endsAt)
        ? CompletableFuture.completedFuture(token)
        : renew();
  }

  @Override
  public synchronized CompletionStage<String> renew() {
    if (exchange != null) {
      return exchange;
    }
    var asked = new CompletableFuture<String>();
    exchange = asked;
    var unused = rest.serviceToken(key).whenComplete((next, failed) -> given(asked, next, failed));
    return asked;
  }

  private void given(
      CompletableFuture<String> asked, Rest.@Nullable Timed next, @Nullable Throwable failed) {
    synchronized (this) {
      exchange = null;
      if (next != null) {
        token = next.token();
        endsAt = next.endsAt();
      }
    }
    if (next != null) {
      asked.complete(next.token());
    } else {
      asked.completeExceptionally(failed == null ? new IllegalStateException("No token") : failed);
    }
  }
}
