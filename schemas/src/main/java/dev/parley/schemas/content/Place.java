package dev.parley.schemas.content;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Where a content belongs. It is bound into the seal, so that a sealed content opens nowhere else.
public record Place(UUID conversation, UUID message, UUID author) {

  byte[] bytes() {
    return (conversation + "/" + message + "/" + author).getBytes(StandardCharsets.US_ASCII);
  }
}
