package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/// A fact of a conversation, as an `event` frame or `GET .../events` tells it.
///
/// @param seq dense in its conversation
/// @param ordinal messages so far
/// @param type such as `message.sent`; may be one that this version does not know
/// @param id the message's for `message.sent`, else the command's
/// @param json the whole object, with what this version does not know
/// @param receivedNanos `System.nanoTime()` when its bytes came
public record ConversationEvent(
    UUID conversation,
    long seq,
    long ordinal,
    String type,
    UUID id,
    Instant at,
    UUID actor,
    JsonNode json,
    long receivedNanos) {

  static ConversationEvent of(JsonNode json, long receivedNanos) {
    return new ConversationEvent(
        Fields.id(json, "conversation"),
        json.path("seq").asLong(),
        json.path("ordinal").asLong(),
        Fields.textOrEmpty(json, "type"),
        Fields.id(json, "id"),
        Fields.timeOrEpoch(json, "at"),
        Fields.id(json, "actor"),
        json,
        receivedNanos);
  }

  /// What it says; read from the JSON at each call.
  public EventContent content() {
    return EventContent.of(type, json.path("data"));
  }
}
