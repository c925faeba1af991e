package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.Samples;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.CloudEventHeaders;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.PersonalSamples;
import dev.parley.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/asyncapi.yaml says what the code does, no more and no less.
class AsyncApiTest {

  /// Told by pages of history only.
  private static final String DELETED = "deleted";

  private static final AsyncApi DOCUMENT = AsyncApi.DOCUMENT;

  @Test
  void itsFramesAreThoseOfTheCode() {
    var frames =
        Stream.of(
                Arrays.stream(ClientFrame.values()).map(frame -> "client." + frame.wireName()),
                Arrays.stream(ServerFrame.values()).map(frame -> "server." + frame.wireName()),
                Stream.of("answer.ok", "answer.err"))
            .flatMap(Function.identity())
            .toList();
    assertThat(AsyncApi.names(DOCUMENT.at("/channels/socket/messages")))
        .containsExactlyInAnyOrderElementsOf(frames);
    for (var frame : frames) {
      if (!frame.startsWith("answer.")) {
        assertThat(DOCUMENT.message(frame).at("/payload/properties/t/const").textValue())
            .isEqualTo(frame.substring(frame.indexOf('.') + 1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFrameIsFoundByItsName(ClientFrame frame) {
    assertThat(ClientFrame.fromWire(frame.wireName())).isEqualTo(frame);
    assertThat(ClientFrame.fromWire(frame.wireName() + "?")).isNull();
  }

  @Test
  void itsErrorsAreThoseOfTheCode() {
    assertThat(texts("ErrorCode")).isEqualTo(names(ErrorCode.values(), ErrorCode::wireName));
  }

  @Test
  void itsKindsAndRolesAreThoseOfTheCode() {
    assertThat(texts("ConversationKind"))
        .isEqualTo(names(ConversationKind.values(), ConversationKind::wireName));
    assertThat(texts("Role")).isEqualTo(names(Role.values(), Role::wireName));
    assertThat(texts("HistoryVisibility"))
        .isEqualTo(names(HistoryVisibility.values(), HistoryVisibility::wireName));
  }

  @Test
  void itsCloseCodesAreThoseOfTheCode() {
    var told = new ArrayList<String>();
    DOCUMENT
        .at("/channels/socket/x-close-codes")
        .forEach(code ->
            told.add(
                "%d %s %s"
                    .formatted(
                        code.path("code").intValue(),
                        code.path("reason").textValue(),
                        code.path("reconnect").booleanValue())));
    assertThat(told)
        .isEqualTo(
            Arrays.stream(CloseCode.values())
                .map(code ->
                    "%d %s %s"
                        .formatted(
                            code.code(),
                            code.reason(),
                            code.reconnect() == CloseCode.Reconnect.RESUME))
                .toList());
  }

  @Test
  void itsTopicsAreThoseOfTheCode() {
    var told = new HashMap<String, Map<String, String>>();
    for (var channel : DOCUMENT.at("/channels")) {
      if (channel.has("x-topic-config")) {
        var config = new HashMap<String, String>();
        channel
            .path("x-topic-config")
            .properties()
            .forEach(entry -> config.put(entry.getKey(), entry.getValue().textValue()));
        told.put(channel.path("address").textValue(), config);
      }
    }
    assertThat(told)
        .isEqualTo(
            Topics.ALL.stream().collect(Collectors.toMap(Topics.Spec::name, Topics.Spec::config)));
  }

  @Test
  void itsRecordsAreMessagesOfTheProtobufContract() throws IOException {
    for (var message : DOCUMENT.at("/components/messages")) {
      var payload = message.path("payload");
      if (payload.has("x-protobuf-message")) {
        var name = payload.path("x-protobuf-message").textValue().replace("parley.v1.", "");
        var file = AsyncApi.ROOT.resolve(payload.path("x-protobuf-file").textValue());
        assertThat(Files.readString(file)).contains("\nmessage " + name + " {");
      }
    }
  }

  @Test
  void itsHeadersOfEventsAreThoseOfTheCode() {
    var headers = DOCUMENT.message("record.event").path("headers");
    var written = CloudEventHeaders.of(Samples.events().values().iterator().next()).keySet();
    var all = new HashSet<>(written);
    all.add(Topics.ORIGIN_HEADER);
    assertThat(DOCUMENT.fields(headers)).isEqualTo(all);
    assertThat(AsyncApi.texts(headers.at("/properties/ce_type/enum")))
        .isEqualTo(
            Samples.events().values().stream()
                .map(event -> CloudEventHeaders.of(event).get("ce_type"))
                .collect(Collectors.toSet()));
  }

  static Set<String> events() {
    return Samples.events().keySet();
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventFitsItsSchema(String name) {
    var event = EventJson.toJson(Samples.event(name), Samples.ERASED);
    assertThat(DOCUMENT.complaints("server.event", push("event", event))).isEmpty();
  }

  @Test
  void anEventOfAnotherShapeDoesNotFit() {
    var event = EventJson.toJson(Samples.event("reaction-added"), Samples.ERASED);
    ((ObjectNode) event.path("data")).remove("emoji");
    assertThat(DOCUMENT.complaints("server.event", push("event", event))).isNotEmpty();
  }

  @Test
  void eachFieldOfAnEventIsDocumentedAndEachDocumentedOneIsWritten() {
    var written = new HashMap<String, Set<String>>();
    for (Event event : Samples.events().values()) {
      var data = EventJson.toJson(event, Samples.ERASED).path("data");
      written.computeIfAbsent(event.type(), _ -> new HashSet<>()).addAll(AsyncApi.names(data));
    }
    var documented = new HashMap<String, Set<String>>();
    for (var kind : DOCUMENT.schema("Event").at("/allOf/1/oneOf")) {
      var fields = DOCUMENT.fields(kind.at("/properties/data"));
      fields.remove(DELETED);
      documented.put(kind.at("/properties/type/const").textValue(), fields);
    }
    assertThat(documented).isEqualTo(written);
  }

  static List<PersonalEntry> personal() {
    return PersonalSamples.entries().stream()
        .filter(entry -> !(entry.value() instanceof Personal.Moderation))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("personal")
  void everyPersonalPushFitsItsSchema(PersonalEntry entry) {
    var type = PersonalJson.type(entry);
    var json = PersonalJson.toJson(entry, Samples.ERASED);
    assertThat(DOCUMENT.complaints("server." + type, push(type, json))).isEmpty();
    assertThat(DOCUMENT.fields(DOCUMENT.message("server." + type).at("/payload/properties/d")))
        .containsAll(AsyncApi.names(json));
  }

  @ParameterizedTest
  @EnumSource
  void theExampleOfAFrameFitsItsSchemaAndHasEachOfItsFields(ClientFrame frame) {
    assertThat(DOCUMENT.complaints("client." + frame.wireName(), example(frame))).isEmpty();
    assertThat(AsyncApi.names(example(frame).path("d"))).isEqualTo(DOCUMENT.fields(schema(frame)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"AUTH|REFRESH|RESUME|PING|PONG|TYPING|PRESENCE.*|WATCH|UNWATCH"})
  void theReaderOfAFrameKnowsWhatTheDocumentTells(ClientFrame frame) {
    var d = (ObjectNode) example(frame).path("d");
    var asked = new AskedFields(d);
    assertThat(refusal(frame, asked)).as("the example").isNull();
    assertThat(asked.names())
        .as("what the reader asks for")
        .isEqualTo(DOCUMENT.fields(schema(frame)));
    for (var field : DOCUMENT.required(schema(frame))) {
      assertThat(refusal(frame, d.deepCopy().without(field))).as("without " + field).isNotNull();
    }
    for (var field : DOCUMENT.fields(schema(frame))) {
      var wrong = d.deepCopy();
      if (d.path(field).isObject()) {
        wrong.put(field, 7);
      } else {
        wrong.putObject(field).put("x", 1);
      }
      assertThat(refusal(frame, wrong)).as("a wrong " + field).isNotNull();
    }
  }

  private static @Nullable ErrorCode refusal(ClientFrame frame, JsonNode d) {
    return switch (frame.kind()) {
      case COMMAND ->
          CommandInput.read(frame.wireName(), d, Samples.ADA, Limits.DEFAULT)
                  instanceof CommandInput.Refused refused
              ? refused.code()
              : null;
      case FORWARD ->
          ForwardInput.read(d, Limits.DEFAULT) instanceof ForwardInput.Refused refused
              ? refused.code()
              : null;
      case PERSONAL ->
          PersonalInput.read(frame.wireName(), d, 1, Limits.DEFAULT)
                  instanceof PersonalInput.Refused refused
              ? refused.code()
              : null;
      case SESSION, LIVE -> throw new AssertionError("Expected a frame that schemas reads");
    };
  }

  private static JsonNode example(ClientFrame frame) {
    return DOCUMENT.message("client." + frame.wireName()).at("/examples/0/payload");
  }

  private static JsonNode schema(ClientFrame frame) {
    return DOCUMENT.message("client." + frame.wireName()).at("/payload/properties/d");
  }

  private static ObjectNode push(String type, JsonNode d) {
    var frame = Json.MAPPER.createObjectNode().put("t", type);
    frame.set("d", d);
    return frame;
  }

  private static Set<String> texts(String schema) {
    return AsyncApi.texts(DOCUMENT.schema(schema).path("enum"));
  }

  private static <T> Set<String> names(T[] values, Function<T, String> name) {
    return Arrays.stream(values).map(name).collect(Collectors.toSet());
  }
}
