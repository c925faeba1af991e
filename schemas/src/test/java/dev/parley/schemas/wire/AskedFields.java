package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/// An object that remembers which of its fields were asked for.
final class AskedFields extends ObjectNode {

  private static final long serialVersionUID = 1L;

  private final transient Set<String> names = new HashSet<>();

  AskedFields(ObjectNode fields) {
    super(Json.MAPPER.getNodeFactory());
    setAll(fields);
  }

  Set<String> names() {
    return names;
  }

  @Override
  public JsonNode path(String field) {
    names.add(field);
    return super.path(field);
  }
}
