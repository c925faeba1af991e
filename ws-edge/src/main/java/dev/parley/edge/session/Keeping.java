package dev.parley.edge.session;

import dev.parley.schemas.personal.PersonalEntry;
import java.util.concurrent.CompletionStage;

/// Stores what a member keeps. Safe from any thread; never blocks.
@FunctionalInterface
public interface Keeping {

  /// Completes when it is in the log.
  ///
  /// @return fails with [dev.parley.log.PublishRefusedException]
  CompletionStage<Void> keep(PersonalEntry entry);
}
