package dev.parley.edge.hub;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// The subscription to what Redis publishes. It outlives lost connections: whatever is subscribed
/// is subscribed again, and the hub is told, since pushes were missed meanwhile.
public interface Feed {

  /// Completes once pushes of the conversation arrive; waits for Redis as long as it takes.
  CompletionStage<Void> subscribeConversation(UUID conversation);

  /// No more of the conversation.
  void unsubscribeConversation(UUID conversation);

  /// Completes once pushes for the person arrive.
  CompletionStage<Void> subscribeUser(UUID user);

  /// No more for the person.
  void unsubscribeUser(UUID user);
}
