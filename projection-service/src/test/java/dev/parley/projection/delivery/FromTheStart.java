package dev.parley.projection.delivery;

import dev.parley.log.Projection;

/// Delivery of a whole log, for tests of other packages.
public final class FromTheStart {

  private FromTheStart() {}

  /// The test log asks for positions; delivery keeps them with the consumer group.
  public static Projection of(DeliveryProjection delivery) {
    return new PositionInMemory(delivery);
  }
}
