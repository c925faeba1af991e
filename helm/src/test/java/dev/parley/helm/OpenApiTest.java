package dev.parley.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// docs/openapi.yaml is the REST surface of the services, and agrees with docs/asyncapi.yaml, whose
/// own test compares it with the readers of the frames.
class OpenApiTest {

  private static final Path ROOT = Path.of(System.getProperty("parley.root", ".."));

  /// Reads its parameters by itself.
  private static final String SEARCH = "get /api/search/messages";

  private JsonNode rest;
  private JsonNode socket;

  @BeforeEach
  void read() throws IOException {
    rest = Yaml.file(ROOT.resolve("docs/openapi.yaml"));
    socket = Yaml.file(ROOT.resolve("docs/asyncapi.yaml"));
  }

  @Test
  void everyCallInTheCodeIsInTheDocumentAndTheOtherWayRound() throws IOException {
    assertThat(documented().keySet())
        .as("verbs and paths of docs/openapi.yaml")
        .containsExactlyInAnyOrderElementsOf(inCode().keySet());
  }

  @Test
  void everyQueryParameterInTheCodeIsInTheDocumentAndTheOtherWayRound() throws IOException {
    var documented = documented();
    var inCode = inCode();
    documented.keySet().retainAll(inCode.keySet());
    documented.remove(SEARCH);
    inCode.keySet().retainAll(documented.keySet());
    assertThat(documented).as("query parameters of docs/openapi.yaml").isEqualTo(inCode);
  }

  @Test
  void everyCallTellsWhatATooFastClientAndAnyOtherMistakeGet() {
    eachCall((call, operation) -> {
      assertThat(operation.at("/responses/429/$ref").textValue())
          .as(call)
          .isEqualTo("#/components/responses/RateLimited");
      assertThat(operation.at("/responses/default/$ref").textValue())
          .as(call)
          .isEqualTo("#/components/responses/Problem");
    });
    assertThat(rest.at("/components/responses/RateLimited/headers/Retry-After").isMissingNode())
        .isFalse();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    eachReference(
        rest,
        reference ->
            assertThat(rest.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
  }

  @Test
  void whatBothDocumentsDescribeIsTheSame() {
    var shared = new ArrayList<String>();
    var ofSocket = socket.at("/components/schemas");
    rest.at("/components/schemas")
        .properties()
        .forEach(schema -> {
          if (ofSocket.has(schema.getKey()) && !schema.getKey().equals("Accepted")) {
            assertThat(schema.getValue())
                .as(schema.getKey())
                .isEqualTo(ofSocket.path(schema.getKey()));
            shared.add(schema.getKey());
          }
        });
    assertThat(shared).contains("Event", "InboxItem", "ErrorCode", "MessageSent");
  }

  /// The body of a command has the fields of its frame, without the ids that are in the path.
  @Test
  void theBodyOfACommandHasTheFieldsOfItsFrame() {
    var compared = new TreeSet<String>();
    eachCall((call, operation) -> {
      var name = operation.path("operationId").textValue();
      var frame = socket.path("components").path("messages").path("client." + name);
      var body = operation.at("/requestBody/content/application~1json/schema/properties");
      if (!frame.isMissingNode() && !body.isMissingNode()) {
        var expected = names(frame.at("/payload/properties/d/properties"));
        expected.removeAll(inPath(operation));
        if (expected.remove("message_id")) {
          expected.add("id");
        }
        assertThat(names(body)).as(call).isEqualTo(expected);
        compared.add(name);
      }
    });
    assertThat(compared)
        .contains("create", "change", "send", "edit", "forward", "schedule", "ban", "read");
  }

  private Map<String, Set<String>> documented() {
    var calls = new TreeMap<String, Set<String>>();
    eachCall((call, operation) -> calls.put(call, queries(operation)));
    return calls;
  }

  /// What a client can reach: paths for the inside are no part of it.
  private static Map<String, Set<String>> inCode() throws IOException {
    var calls = Resources.calls(ROOT);
    calls.keySet().removeIf(call -> call.contains(" /internal"));
    return calls;
  }

  private Set<String> queries(JsonNode operation) {
    var queries = new TreeSet<String>();
    for (var listed : operation.path("parameters")) {
      var parameter =
          listed.has("$ref") ? rest.at(listed.path("$ref").textValue().substring(1)) : listed;
      if (parameter.path("in").textValue().equals("query")) {
        queries.add(parameter.path("name").textValue());
      }
    }
    return queries;
  }

  /// The fields of a frame whose values a path holds.
  private static Set<String> inPath(JsonNode operation) {
    var fields = new TreeSet<String>();
    for (var parameter : operation.path("parameters")) {
      var name = parameter.path("$ref").asText().replace("#/components/parameters/", "");
      fields.add(
          switch (name) {
            case "space" -> "conversation";
            case "message" -> "message_id";
            default -> name;
          });
    }
    return fields;
  }

  private interface Call {
    void is(String call, JsonNode operation);
  }

  private void eachCall(Call call) {
    rest.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(verb ->
                    call.is(
                        verb.getKey() + " " + Resources.normal(path.getKey()), verb.getValue())));
  }

  private static void eachReference(JsonNode node, Consumer<String> each) {
    if (node.path("$ref").isTextual()) {
      each.accept(node.path("$ref").textValue());
    }
    node.forEach(child -> eachReference(child, each));
  }

  private static Set<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
