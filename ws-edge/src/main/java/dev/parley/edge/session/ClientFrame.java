package dev.parley.edge.session;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a client wrote, once read.
sealed interface ClientFrame {

  int ID_CHARS_MAX = 64;

  /// @param id a number or a short string, given back in the answer; null if the client gave none
  /// @param token an access token beside the content; missing or null: none
  record Read(JsonNode id, String type, JsonNode content, JsonNode token, String trace)
      implements ClientFrame {

    boolean hasToken() {
      return !token.isMissingNode() && !token.isNull();
    }

    /// Never the token.
    @Override
    public String toString() {
      return "Read[id=" + id + ", type=" + type + "]";
    }
  }

  /// @param detail what is wrong with it
  record Malformed(String detail) implements ClientFrame {}

  static ClientFrame read(byte[] bytes) {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(bytes);
    } catch (JacksonException notJson) {
      return new Malformed("The frame is not valid JSON.");
    } catch (IOException impossible) {
      throw new UncheckedIOException("Reading memory failed", impossible);
    }
    if (!json.isObject()) {
      return new Malformed("The frame is no JSON object.");
    }
    var id = json.path("id");
    if (!isId(id)) {
      return new Malformed("\"id\" must be an integer or a short string.");
    }
    var type = json.path("t");
    if (!type.isTextual()) {
      return new Malformed("\"t\" must name the frame's type.");
    }
    return new Read(
        id.isMissingNode() ? NullNode.getInstance() : id,
        type.textValue(),
        json.path("d"),
        json.path("token"),
        json.path("trace").asText(""));
  }

  private static boolean isId(JsonNode id) {
    return id.isMissingNode()
        || id.isNull()
        || (id.isIntegralNumber() && id.canConvertToLong())
        || (id.isTextual() && id.textValue().length() <= ID_CHARS_MAX);
  }
}
