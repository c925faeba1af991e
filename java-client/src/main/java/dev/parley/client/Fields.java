package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.id.Ids;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the server's objects. What is absent or of another shape than this version knows is null
/// or empty: a newer server must not break a client.
final class Fields {

  private static final UUID NO_ID = new UUID(0, 0);

  private Fields() {}

  /// The id, or the nil UUID.
  static UUID id(JsonNode object, String field) {
    var id = optionalId(object, field);
    return id == null ? NO_ID : id;
  }

  static @Nullable UUID optionalId(JsonNode object, String field) {
    var node = object.path(field);
    return node.isTextual() ? Ids.parse(node.textValue()) : null;
  }

  static List<UUID> ids(JsonNode object, String field) {
    var ids = new ArrayList<UUID>();
    for (var node : object.path(field)) {
      var id = node.isTextual() ? Ids.parse(node.textValue()) : null;
      if (id != null) {
        ids.add(id);
      }
    }
    return List.copyOf(ids);
  }

  static @Nullable String text(JsonNode object, String field) {
    return object.path(field).textValue();
  }

  static String textOrEmpty(JsonNode object, String field) {
    return object.path(field).asText("");
  }

  static @Nullable Instant time(JsonNode object, String field) {
    var text = text(object, field);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException other) {
      return null;
    }
  }

  static Instant timeOrEpoch(JsonNode object, String field) {
    var time = time(object, field);
    return time == null ? Instant.EPOCH : time;
  }

  static @Nullable Long number(JsonNode object, String field) {
    var node = object.path(field);
    return node.isIntegralNumber() ? node.longValue() : null;
  }

  static @Nullable Boolean flag(JsonNode object, String field) {
    var node = object.path(field);
    return node.isBoolean() ? node.booleanValue() : null;
  }

  static Map<String, String> map(JsonNode object, String field) {
    var map = new LinkedHashMap<String, String>();
    object.path(field).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    return Map.copyOf(map);
  }
}
