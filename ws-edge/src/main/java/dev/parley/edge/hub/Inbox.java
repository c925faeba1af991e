package dev.parley.edge.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// The conversations of a person, as the views know them at a moment.
@FunctionalInterface
public interface Inbox {

  /// Fails if the views do not answer in time.
  CompletionStage<Snapshot> of(UUID user);

  /// @param truncated whether the person has more conversations than the views tell at once: those
  ///   that were silent longest are left out
  record Snapshot(List<Item> items, boolean truncated) {}

  /// @param headSeq how far the view of this conversation was
  /// @param joinedSeq since when the person is a member
  /// @param json as clients get it
  record Item(UUID conversation, long headSeq, long joinedSeq, JsonNode json) {}
}
