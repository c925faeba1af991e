package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.Account;
import dev.parley.client.Network;
import dev.parley.client.Rest;
import dev.parley.schemas.id.Ids;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong is named, stores nothing and breaks nothing, at both doors.
@Timeout(300)
class BadInputIT {

  private static final RunningStack STACK = RunningStack.here();
  private static final Network NETWORK = new Network(1);
  private static final Rest REST = new Rest(STACK.origin());
  private static final int OVER_ANY_TEXT_LIMIT = 20_001;

  private static Account ada;
  private static Account outsider;
  private static Tokens tokens;
  private static UUID group;
  private static long head;

  @BeforeAll
  static void aGroupWithOneMessage() throws Exception {
    ada = registered("ada");
    outsider = registered("oscar");
    tokens = new Tokens(REST);
    group = Ids.uuid7();
    try (var person = Person.connect(NETWORK, REST, ada, STACK.edges().getFirst())) {
      var d = Person.object().put("conversation", group.toString());
      d.put("kind", "group").put("title", "Bad input");
      person.done("create", d);
      head = person.send(group, Ids.uuid7(), "the only one").seq();
    }
  }

  @AfterAll
  static void nothingWasStored() {
    var query = "at_least=" + group + ":" + head;
    var conversation =
        REST.get("/api/conversations/" + group + "?" + query, ada.token()).expectOk();
    assertThat(conversation.body().path("head_seq").asLong()).isEqualTo(head);
    NETWORK.close();
    REST.close();
  }

  static Stream<Arguments> frames() {
    var anyId = Ids.uuid7().toString();
    var tooLong = "x".repeat(OVER_ANY_TEXT_LIMIT);
    return Stream.of(
        Arguments.of("malformed JSON", "{\"id\":9,\"t\":\"send\",", "malformed|closed 4400"),
        Arguments.of("no JSON at all", "hello", "malformed|closed 4400"),
        Arguments.of("a list, not an object", "[1,2]", "malformed|closed 4400"),
        Arguments.of("an unknown type", "{\"id\":9,\"t\":\"explode\",\"d\":{}}", "unknown_type"),
        Arguments.of(
            "an unknown conversation", send(Ids.uuid7().toString(), anyId, "x"), "not_found"),
        Arguments.of("text over the limit", send(group.toString(), anyId, tooLong), "too_large"),
        Arguments.of("no text", send(group.toString(), anyId, ""), "invalid"),
        Arguments.of("a message id that is no UUID", send(group.toString(), "17", "x"), "invalid"),
        Arguments.of(
            "a message id that is no UUIDv7",
            send(group.toString(), UUID.randomUUID().toString(), "x"),
            "invalid"),
        Arguments.of("a conversation that is no UUID", send("general", anyId, "x"), "invalid"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void aBadFrameIsRefusedByName(String what, String frame, String expected) throws Exception {
    try (var socket = RawSocket.live(STACK.edges().getFirst(), ada.token(), "{}")) {
      socket.send(frame);

      assertThat(socket.awaitRefusal()).as(what).matches(expected);
    }
  }

  @Test
  void whoIsNoMemberIsRefusedAsIfItWereNotThere() throws Exception {
    try (var socket = RawSocket.live(STACK.edges().getFirst(), outsider.token(), "{}")) {
      socket.send(send(group.toString(), Ids.uuid7().toString(), "let me in"));

      assertThat(socket.awaitRefusal()).isEqualTo("not_found");
    }
  }

  @Test
  void aRefusedFrameLeavesTheSocketUsable() throws Exception {
    try (var socket = RawSocket.live(STACK.edges().getFirst(), ada.token(), "{}")) {
      socket.send(send(group.toString(), "17", "x"));
      socket.awaitRefusal();
      socket.send("{\"id\":10,\"t\":\"create\",\"d\":{\"kind\":\"self\"}}");

      var answer = socket.await("an answer", frame -> frame.path("id").asInt() == 10);
      assertThat(answer.has("ok")).isTrue();
      assertThat(socket.isOpen()).isTrue();
    }
  }

  static Stream<Arguments> badTokens() throws Exception {
    return Stream.of(
        Arguments.of("signed with another key", tokens.foreign(ada.user())),
        Arguments.of("expired", tokens.expired(ada.user())),
        Arguments.of("changed", changed(ada.token())),
        Arguments.of("no token", "nonsense"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void aBadTokenIsRefusedAtTheSocket(String what, String token) throws Exception {
    try (var socket = new RawSocket(STACK.edges().getFirst())) {
      socket.send("{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":\"" + token + "\"}}");

      assertThat(socket.awaitRefusal()).as(what).matches("unauthenticated|closed 4401");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void aBadTokenIsRefusedByEveryService(String what, String token) {
    var id = Person.object().put("id", Ids.uuid7().toString()).put("text", "x");
    var path = "/api/conversations/" + group + "/messages";

    assertThat(REST.get(path, token).status()).as(what).isEqualTo(401);
    assertThat(REST.post(path, token, id).status()).as(what).isEqualTo(401);
    assertThat(REST.get("/api/search/messages?q=x", token).status()).as(what).isEqualTo(401);
    assertThat(REST.get("/api/users/me", token).status()).as(what).isEqualTo(401);
  }

  static Stream<Arguments> bodies() {
    var id = Ids.uuid7().toString();
    var tooLong = "x".repeat(OVER_ANY_TEXT_LIMIT);
    return Stream.of(
        Arguments.of("malformed JSON", group, "{\"id\":", 400, "malformed"),
        Arguments.of("an unknown conversation", Ids.uuid7(), body(id, "x"), 404, "not_found"),
        Arguments.of("text over the limit", group, body(id, tooLong), 413, "too_large"),
        Arguments.of("a message id that is no UUID", group, body("17", "x"), 422, "invalid"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void aBadBodyIsRefusedByName(
      String what, UUID conversation, String body, int status, String code) {
    var path = "/api/conversations/" + conversation + "/messages";

    var answer = REST.sendText("POST", path, ada.token(), body);

    assertThat(answer.status()).as(what).isEqualTo(status);
    assertThat(answer.code()).as(what).isEqualTo(code);
  }

  @Test
  void whoIsNoMemberIsRefusedByRest() {
    var body = body(Ids.uuid7().toString(), "let me in");
    var path = "/api/conversations/" + group + "/messages";

    assertThat(REST.sendText("POST", path, outsider.token(), body).status()).isEqualTo(404);
  }

  private static Account registered(String name) {
    var unique = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    return REST.register(unique, "correct horse " + UUID.randomUUID());
  }

  private static String send(String conversation, String message, String text) {
    var d = Person.object().put("conversation", conversation);
    d.put("message_id", message).put("text", text);
    var frame = Person.object().put("id", 9).put("t", "send");
    frame.set("d", d);
    return frame.toString();
  }

  private static String body(String id, String text) {
    return Person.object().put("id", id).put("text", text).toString();
  }

  /// Another subject under the same signature.
  private static String changed(String token) {
    var parts = token.split("\\.");
    var claims = new StringBuilder(parts[1]);
    int middle = claims.length() / 2;
    claims.setCharAt(middle, claims.charAt(middle) == 'A' ? 'B' : 'A');
    return parts[0] + "." + claims + "." + parts[2];
  }
}
