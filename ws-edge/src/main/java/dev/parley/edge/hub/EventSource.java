package dev.parley.edge.hub;

import dev.parley.schemas.event.ChainedEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Where events come from that were not pushed, or not in time: the tail in Redis, and behind it
/// the history of projection-service.
public interface EventSource {

  /// The events right after `seq`, in order and without a hole, `limit` at most. Empty: there are
  /// none, or none can be had now.
  CompletionStage<List<ChainedEvent>> after(UUID conversation, long seq, int limit);

  /// The last seq in the tails, or in the views while there are no tails to be asked; a
  /// conversation without one is left out.
  CompletionStage<Map<UUID, Long>> tailHeads(Collection<UUID> conversations);

  /// Whether the tails can be asked. While they cannot, nothing is pushed either.
  default boolean tailsAnswer() {
    return true;
  }
}
