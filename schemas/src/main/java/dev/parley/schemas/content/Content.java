package dev.parley.schemas.content;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// What a person wrote.
///
/// @param text Markdown source, as typed
/// @param mentions the people that the text mentions
/// @param type the product's own type of message; empty: text
/// @param custom the product's own data
/// @param attachments what lies elsewhere
public record Content(
    String text,
    List<UUID> mentions,
    String type,
    Map<String, String> custom,
    List<Attachment> attachments) {

  public Content {
    mentions = List.copyOf(mentions);
    custom = Collections.unmodifiableMap(new TreeMap<>(custom));
    attachments = List.copyOf(attachments);
  }

  /// Text alone.
  public Content(String text, List<UUID> mentions) {
    this(text, mentions, "", Map.of(), List.of());
  }
}
