package dev.parley.edge.history;

import dev.parley.edge.hub.EventSource;
import dev.parley.edge.redis.RedisTails;
import dev.parley.schemas.event.ChainedEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Events from Redis while it holds them, else from the views. While Redis is away, the views tell
/// the heads, too: answers go on, as late as the views are.
public final class TailThenHistory implements EventSource {

  private final RedisTails tails;
  private final HistoryClient history;
  private final long waitMillis;
  private final long restNanos;
  private volatile long awayNanos;

  /// @param waitMillis longest wait for Redis
  /// @param restMillis how long it is passed over after that
  public TailThenHistory(
      RedisTails tails, HistoryClient history, long waitMillis, long restMillis) {
    this.tails = tails;
    this.history = history;
    this.waitMillis = waitMillis;
    this.restNanos = TimeUnit.MILLISECONDS.toNanos(restMillis);
    this.awayNanos = System.nanoTime() - restNanos;
  }

  @Override
  public CompletionStage<List<ChainedEvent>> after(UUID conversation, long seq, int limit) {
    return inTail(conversation, seq, limit)
        .compose(events ->
            events.isEmpty()
                ? history.after(conversation, seq, limit).map(found -> unbroken(found, seq))
                : Future.succeededFuture(events))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Map<UUID, Long>> tailHeads(Collection<UUID> conversations) {
    var heads =
        tailsAnswer()
            ? waited(tails.heads(conversations)).recover(_ -> viewHeads(conversations))
            : viewHeads(conversations);
    return heads.toCompletionStage();
  }

  @Override
  public boolean tailsAnswer() {
    return tails.isOpen() && System.nanoTime() - awayNanos >= restNanos;
  }

  private Future<List<ChainedEvent>> inTail(UUID conversation, long seq, int limit) {
    return tailsAnswer()
        ? waited(tails.after(conversation, seq, limit))
            .otherwise(List.of())
            .map(events -> unbroken(events, seq))
        : Future.succeededFuture(List.of());
  }

  private <T> Future<T> waited(Future<T> answer) {
    return answer
        .timeout(waitMillis, TimeUnit.MILLISECONDS)
        .onFailure(_ -> awayNanos = System.nanoTime());
  }

  private Future<Map<UUID, Long>> viewHeads(Collection<UUID> conversations) {
    var ids = List.copyOf(conversations);
    var parts = new ArrayList<Future<Map<UUID, Long>>>();
    for (int from = 0; from < ids.size(); from += HistoryClient.HEADS_MAX) {
      parts.add(
          history.heads(ids.subList(from, Math.min(ids.size(), from + HistoryClient.HEADS_MAX))));
    }
    return Future.all(parts)
        .map(_ -> {
          var heads = new HashMap<UUID, Long>();
          parts.forEach(part -> heads.putAll(part.result()));
          return heads;
        });
  }

  private static List<ChainedEvent> unbroken(List<ChainedEvent> events, long seq) {
    var unbroken = new ArrayList<ChainedEvent>(events.size());
    for (var chained : events) {
      if (chained.event().seq() != seq + unbroken.size() + 1) {
        break;
      }
      unbroken.add(chained);
    }
    return unbroken;
  }
}
