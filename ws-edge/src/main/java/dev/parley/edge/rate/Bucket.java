package dev.parley.edge.rate;

import dev.parley.rates.Taken;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// The persons' buckets that all nodes share.
@FunctionalInterface
public interface Bucket {

  /// Tokens of that person's: `most` if they are there, `least` or none. Never fails.
  CompletionStage<Taken> take(UUID person, int least, int most);
}
