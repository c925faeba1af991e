package dev.parley.bench.identity;

import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.id.Ids;
import java.util.List;

/// Sealing and opening a message of 256 bytes.
public final class SealCosts {

  private static final int BYTES = 256;
  private static final int WARM_UP = 200_000;
  private static final int CALLS = 100_000;
  private static final long AIM_NANOS = 5_000;

  private SealCosts() {}

  public static List<Cost> measure() {
    var key = ContentKey.random();
    var place = new Place(Ids.uuid7(), Ids.uuid7(), Ids.uuid7());
    var content = new Content("x".repeat(BYTES), List.of());
    var sealed = ContentSeal.seal(content, key, place);
    return List.of(
        Cost.of(
            "seal a message of 256 bytes",
            AIM_NANOS,
            WARM_UP,
            CALLS,
            _ -> {
              if (ContentSeal.seal(content, key, place).ciphertext().isEmpty()) {
                throw new IllegalStateException("Expected a sealed message");
              }
            }),
        Cost.of(
            "open a message of 256 bytes",
            AIM_NANOS,
            WARM_UP,
            CALLS,
            _ -> {
              if (!ContentSeal.open(sealed, key, place).equals(content)) {
                throw new IllegalStateException("Expected the message that was sealed");
              }
            }));
  }
}
