package dev.parley.projection.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.wire.Json;
import org.jspecify.annotations.Nullable;

/// JSON as the views keep it.
public final class Stored {

  private Stored() {}

  /// The array; empty where none is kept.
  public static ArrayNode array(@Nullable String json) {
    if (json == null) {
      return Json.MAPPER.createArrayNode();
    }
    try {
      return (ArrayNode) Json.MAPPER.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(
          "Expected an array in the view, but found other text", broken);
    }
  }

  /// The object; empty where none is kept.
  public static ObjectNode object(@Nullable String json) {
    if (json == null) {
      return Json.MAPPER.createObjectNode();
    }
    try {
      return (ObjectNode) Json.MAPPER.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(
          "Expected an object in the view, but found other text", broken);
    }
  }
}
