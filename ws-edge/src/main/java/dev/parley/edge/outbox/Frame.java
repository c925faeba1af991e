package dev.parley.edge.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;

/// One encoded frame, shared by all sockets that it is written to.
///
/// @param bytes UTF-8 of one JSON object without a newline; not to be changed
@SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
public record Frame(byte[] bytes) {

  /// The frame that holds `json`.
  public static Frame of(ObjectNode json) {
    try {
      return new Frame(Json.MAPPER.writeValueAsBytes(json));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree of plain nodes is always written", impossible);
    }
  }

  /// A push: a type and its content.
  public static Frame push(String type, ObjectNode content) {
    var json = Json.MAPPER.createObjectNode();
    json.put("t", type);
    json.set("d", content);
    return of(json);
  }
}
