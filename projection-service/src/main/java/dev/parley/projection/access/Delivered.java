package dev.parley.projection.access;

import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.redis.RedisNames;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Lets a read for another service see all that people have been told: an event is in its
/// conversation's tail, and its sender answered, a moment before the views have it. So a no of the
/// views is final only once they are where the tail was.
@ApplicationScoped
public class Delivered {

  private static final String HEAD = "select head_seq from views.conversation where id = $1";

  private final Pool pool;
  private final Redis redis;
  private final ProjectionConfig.Views limits;
  private final AtomicInteger waiting = new AtomicInteger();

  public Delivered(Pool pool, Redis redis, ProjectionConfig config) {
    this.pool = pool;
    this.redis = redis;
    this.limits = config.views();
  }

  /// Completes once the view has what the tail holds now.
  ///
  /// @return whether it had less before, so that it is worth to look again; fails with 503 after
  ///   the configured wait. Without a tail, or without Redis, the views are all there is.
  public Uni<Boolean> reached(UUID conversation) {
    return tailHead(conversation)
        .flatMap(told ->
            head(conversation)
                .flatMap(head -> {
                  if (head >= told) {
                    return Uni.createFrom().item(false);
                  }
                  return waitFor(conversation, told).replaceWith(true);
                }));
  }

  /// Reads that wait now.
  public int waiting() {
    return waiting.get();
  }

  private Uni<Void> waitFor(UUID conversation, long told) {
    if (waiting.incrementAndGet() > limits.atLeastWaitersMax()) {
      waiting.decrementAndGet();
      throw new Refusal(
          ErrorCode.OVERLOADED, "More than " + limits.atLeastWaitersMax() + " reads are waiting");
    }
    long deadline = System.nanoTime() + limits.tailWait().toNanos();
    return look(conversation, told, deadline).onTermination().invoke(waiting::decrementAndGet);
  }

  private Uni<Void> look(UUID conversation, long told, long deadline) {
    return head(conversation)
        .flatMap(head -> {
          if (head >= told) {
            return Uni.createFrom().voidItem();
          }
          if (System.nanoTime() - deadline > 0) {
            throw new Refusal(
                ErrorCode.BEHIND,
                "The view is at %s:%d, and %d was told".formatted(conversation, head, told));
          }
          return Uni.createFrom()
              .voidItem()
              .onItem()
              .delayIt()
              .by(limits.atLeastEvery())
              .flatMap(_ -> look(conversation, told, deadline));
        });
  }

  private Uni<Long> tailHead(UUID conversation) {
    var last =
        Request.cmd(Command.XREVRANGE)
            .arg(RedisNames.tail(conversation))
            .arg("+")
            .arg("-")
            .arg("COUNT")
            .arg(1);
    return Uni.createFrom()
        .completionStage(() -> redis.send(last).toCompletionStage())
        .ifNoItem()
        .after(limits.tailWait())
        .fail()
        .map(Delivered::seq)
        .onFailure()
        .recoverWithItem(0L);
  }

  /// Of the entry `<seq>-0`; 0: there is none.
  private static long seq(@Nullable Response entries) {
    if (entries == null || entries.size() == 0) {
      return 0;
    }
    var id = entries.get(0).get(0).toString();
    return Long.parseLong(id.substring(0, id.indexOf('-')));
  }

  private Uni<Long> head(UUID conversation) {
    return pool.preparedQuery(HEAD)
        .execute(Tuple.of(conversation))
        .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong(0));
  }
}
