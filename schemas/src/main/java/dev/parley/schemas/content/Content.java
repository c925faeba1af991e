package dev.parley.schemas.content;

import java.util.List;
import java.util.UUID;

/// What a person wrote.
///
/// @param text Markdown source, as typed
/// @param mentions the people that the text mentions
public record Content(String text, List<UUID> mentions) {
  public Content {
    mentions = List.copyOf(mentions);
  }
}
