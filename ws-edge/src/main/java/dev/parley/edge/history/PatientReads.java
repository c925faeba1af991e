package dev.parley.edge.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.redis.RedisTails;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Reads that do not take a no from views that have not got there yet.
///
/// A conversation is in its tail before it is in the views. So where they say that there is nothing
/// to be had, and are behind the tail, they are asked again once they have reached what the tail
/// had, for a bounded time.
///
/// @param waitMillis longest wait for the views; then the read fails, which is temporary
public record PatientReads(Vertx vertx, HistoryClient history, RedisTails tails, long waitMillis)
    implements Reads {

  private static final long EVERY_MILLIS = 50;

  @Override
  public CompletionStage<Access> access(UUID conversation, UUID user, boolean guest) {
    return patiently(
        conversation,
        () -> Future.fromCompletionStage(history.access(conversation, user, guest)),
        Access::readable);
  }

  @Override
  public CompletionStage<Optional<JsonNode>> message(UUID conversation, UUID message, UUID user) {
    return patiently(
        conversation,
        () -> Future.fromCompletionStage(history.message(conversation, message, user)),
        Optional::isPresent);
  }

  private <T> CompletionStage<T> patiently(
      UUID conversation, Supplier<Future<T>> read, Predicate<T> isYes) {
    return read.get()
        .compose(answer ->
            isYes.test(answer)
                ? Future.succeededFuture(answer)
                : tailHead(conversation)
                    .compose(head -> whenReached(conversation, head, waitMillis))
                    .compose(waited -> waited ? read.get() : Future.succeededFuture(answer)))
        .toCompletionStage();
  }

  /// Where Redis is away, the views are all there is.
  private Future<Long> tailHead(UUID conversation) {
    return tails
        .heads(List.of(conversation))
        .map(heads -> heads.getOrDefault(conversation, 0L))
        .otherwise(0L);
  }

  /// @return whether a second look makes sense: there is a tail
  private Future<Boolean> whenReached(UUID conversation, long head, long leftMillis) {
    if (head == 0) {
      return Future.succeededFuture(false);
    }
    return history
        .head(conversation)
        .compose(reached -> {
          if (reached >= head) {
            return Future.succeededFuture(true);
          }
          if (leftMillis <= 0) {
            return Future.failedFuture(
                "The views are at %d of %d in %s".formatted(reached, head, conversation));
          }
          return later().compose(_ -> whenReached(conversation, head, leftMillis - EVERY_MILLIS));
        });
  }

  private Future<Void> later() {
    var promise = Promise.<Void>promise();
    vertx.setTimer(EVERY_MILLIS, _ -> promise.complete());
    return promise.future();
  }
}
