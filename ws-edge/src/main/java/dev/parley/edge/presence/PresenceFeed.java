package dev.parley.edge.presence;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// The subscription to changes of people's presence. It outlives lost connections.
public interface PresenceFeed {

  /// Completes once changes of the person arrive.
  CompletionStage<Void> subscribePresence(UUID user);

  /// No more of the person.
  void unsubscribePresence(UUID user);
}
