package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// docs/asyncapi.yaml, to be compared with the code.
final class AsyncApi {

  static final Path ROOT = Path.of(System.getProperty("parley.root", ".."));
  static final AsyncApi DOCUMENT = new AsyncApi();

  private final JsonNode root;

  private AsyncApi() {
    try {
      root = new YAMLMapper().readTree(Files.readString(ROOT.resolve("docs/asyncapi.yaml")));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  JsonNode at(String pointer) {
    return resolved(root.at(pointer));
  }

  JsonNode message(String name) {
    return root.path("components").path("messages").path(name);
  }

  JsonNode schema(String name) {
    return root.path("components").path("schemas").path(name);
  }

  /// What is wrong with a frame, by the schema of its message.
  List<String> complaints(String message, JsonNode frame) {
    return schemaOf(message(message).path("payload"))
        .validate(frame.toString(), InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  /// The names of the fields that a schema tells of.
  Set<String> fields(JsonNode schema) {
    return names(resolved(schema).path("properties"));
  }

  Set<String> required(JsonNode schema) {
    return texts(resolved(schema).path("required"));
  }

  static Set<String> texts(JsonNode list) {
    var texts = new HashSet<String>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  static Set<String> names(JsonNode object) {
    var names = new HashSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? resolved(root.at(node.path("$ref").textValue().substring(1))) : node;
  }

  /// The references of the schema point into the document, so its components go along.
  private JsonSchema schemaOf(JsonNode payload) {
    var schema = (ObjectNode) payload.deepCopy();
    schema.set("components", root.path("components"));
    return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema);
  }
}
