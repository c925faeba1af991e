package dev.parley.edge.rate;

import java.util.UUID;
import java.util.function.LongSupplier;

/// Makes a purse for each person who comes to the node; all their sessions there share it.
///
/// @param lot tokens that are fetched at once
public record Purses(Bucket bucket, int lot, LongSupplier nowMillis) {

  public Purse purse(UUID person) {
    return new Purse(person, bucket, lot, nowMillis);
  }
}
