package dev.parley.edge.history;

import dev.parley.edge.hub.EventSource;
import dev.parley.edge.redis.RedisTails;
import dev.parley.schemas.event.ChainedEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Events from Redis while it holds them, else from the views.
public record TailThenHistory(RedisTails tails, HistoryClient history) implements EventSource {

  @Override
  public CompletionStage<List<ChainedEvent>> after(UUID conversation, long seq, int limit) {
    return tails
        .after(conversation, seq, limit)
        .otherwise(List.of())
        .map(events -> unbroken(events, seq))
        .compose(events ->
            events.isEmpty()
                ? history.after(conversation, seq, limit).map(found -> unbroken(found, seq))
                : Future.succeededFuture(events))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Map<UUID, Long>> tailHeads(Collection<UUID> conversations) {
    return tails.heads(conversations).toCompletionStage();
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
