package dev.parley.command.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.parley.schemas.id.Ids;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The door on a real Kafka and a real Redis, with the real topology behind it.
@QuarkusTest
@QuarkusTestResource(EnginesResource.class)
class ConversationsTest {

  private static final int TEXT_CHARS_MAX = 20_000;

  @Inject Vertx vertx;

  @Inject
  @ConfigProperty(name = "parley.kafka.bootstrap-servers")
  String bootstrap;

  @Inject
  @ConfigProperty(name = "quarkus.redis.hosts")
  String redisUrl;

  @Inject
  @ConfigProperty(name = "parley.master-key")
  String masterKey;

  @Inject
  @ConfigProperty(name = "test.token-key")
  String tokenKey;

  TestDelivery delivery;
  TestPeople people;
  TestTokens tokens;
  UUID alice;
  UUID bob;

  @BeforeEach
  void start() {
    people = new TestPeople(bootstrap, masterKey);
    delivery = new TestDelivery(vertx, redisUrl, bootstrap);
    tokens = TestTokens.decode(tokenKey);
    alice = people.register("alice");
    bob = people.register("bob");
    await(() -> given().get("/q/health/ready").statusCode() == 200);
  }

  @AfterEach
  void stop() throws InterruptedException {
    delivery.close();
    people.close();
  }

  @Test
  void groupIsCreatedAndAMessageInItGetsTheNextSeq() {
    UUID group = group();
    UUID message = Ids.uuid7();
    send(alice, group, Map.of("id", message, "text", "hello"))
        .statusCode(201)
        .contentType("application/json")
        .body("conversation", is(group.toString()))
        .body("id", is(message.toString()))
        .body("seq", is(4))
        .body("duplicate", is(false))
        .body("at", org.hamcrest.Matchers.startsWith("20"));
  }

  @Test
  void messageSentAgainIsAnsweredWithItsFirstPlace() {
    UUID group = group();
    UUID message = Ids.uuid7();
    String at =
        send(alice, group, Map.of("id", message, "text", "hello"))
            .statusCode(201)
            .extract()
            .path("at");
    send(alice, group, Map.of("id", Ids.uuid7(), "text", "in between")).statusCode(201);
    send(alice, group, Map.of("id", message, "text", "hello"))
        .statusCode(200)
        .body("seq", is(4))
        .body("at", is(at))
        .body("duplicate", is(true));
  }

  @Test
  void bothSidesCreateTheirDirectConversationAndGetTheSame() {
    String one =
        create(alice, Map.of("kind", "direct", "members", List.of(bob)))
            .statusCode(201)
            .extract()
            .path("conversation");
    create(bob, Map.of("kind", "direct", "members", List.of(alice)))
        .statusCode(200)
        .body("conversation", is(one))
        .body("duplicate", is(true));
    assertThat(one).isEqualTo(Ids.directConversation(alice, bob).toString());
  }

  @Test
  void messageIsEditedAndDeleted() {
    UUID group = group();
    UUID message = Ids.uuid7();
    send(alice, group, Map.of("id", message, "text", "helo")).statusCode(201);
    String path = "/api/conversations/" + group + "/messages/" + message;
    as(alice).body(Map.of("text", "hello")).patch(path).then().statusCode(201).body("seq", is(5));
    as(bob).body(Map.of("text", "x")).patch(path).then().statusCode(403);
    as(alice).delete(path).then().statusCode(201).body("seq", is(6));
    as(alice).delete(path).then().statusCode(200).body("seq", is(6));
    as(alice)
        .body(Map.of("text", "again"))
        .patch(path)
        .then()
        .statusCode(409)
        .body("code", is("message_deleted"));
  }

  @Test
  void peopleJoinLeaveAreInvitedAndRemoved() {
    UUID channel = Ids.uuid7();
    create(alice, Map.of("conversation", channel, "kind", "channel", "title", "Open"))
        .statusCode(201);
    String members = "/api/conversations/" + channel + "/members/";
    as(bob).put(members + bob).then().statusCode(201).body("seq", is(3));
    as(alice).body(Map.of("role", "moderator")).patch(members + bob).then().statusCode(201);
    UUID carla = people.register("carla");
    as(bob).put(members + carla).then().statusCode(201);
    as(bob).delete(members + carla).then().statusCode(201);
    as(bob).delete(members + alice).then().statusCode(403);
    as(bob).delete(members + bob).then().statusCode(201);
    as(alice).delete(members + alice).then().statusCode(201);
  }

  @Test
  void lastOwnerOfAGroupIsToldToHandOver() {
    UUID group = group();
    problem(as(alice).delete("/api/conversations/" + group + "/members/" + alice).then(), 409)
        .body("code", is("last_owner"));
  }

  @Test
  void commandIdMakesADeletionRepeatable() {
    UUID group = group();
    UUID command = Ids.uuid7();
    String path = "/api/conversations/" + group + "/members/" + bob + "?command_id=" + command;
    as(alice).delete(path).then().statusCode(201).body("id", is(command.toString()));
    as(alice).delete(path).then().statusCode(200).body("duplicate", is(true));
  }

  @Test
  void conversationOfOthersLooksLikeNone() {
    UUID stranger = people.register("stranger");
    UUID group = group();
    Map<String, Object> message = Map.of("id", Ids.uuid7(), "text", "x");
    String ofOthers =
        problem(send(stranger, group, message), 404)
            .body("code", is("not_found"))
            .extract()
            .asString();
    String ofNobody = problem(send(stranger, Ids.uuid7(), message), 404).extract().asString();
    assertThat(ofOthers).isEqualTo(ofNobody);
  }

  @Test
  void requestsWithoutAValidTokenAreRefused() {
    String path = "/api/conversations";
    RequestSpecification none = given().contentType(ContentType.JSON).body("{}");
    problem(none.post(path).then(), 401).body("code", is("unauthenticated"));
    for (String token :
        List.of(
            tokens.expired(alice),
            tokens.ofForeignIssuer(alice),
            TestTokens.generate().of(alice),
            "nonsense")) {
      problem(
              given()
                  .contentType(ContentType.JSON)
                  .header("authorization", "Bearer " + token)
                  .body("{}")
                  .post(path)
                  .then(),
              401)
          .body("code", is("unauthenticated"));
    }
  }

  @Test
  void malformedAndUnfitBodiesAreRefused() {
    UUID group = group();
    String messages = "/api/conversations/" + group + "/messages";
    for (String body : List.of("{", "[]", "{\"id\":1}x", "nul", "{\"id\":\"a\",\"id\":\"b\"}")) {
      problem(as(alice).body(body).post(messages).then(), 400).body("code", is("malformed"));
    }
    problem(send(alice, group, Map.of("text", "no id")), 422).body("code", is("invalid"));
    problem(send(alice, group, Map.of("id", "7", "text", "x")), 422).body("code", is("invalid"));
    problem(send(alice, group, Map.of("id", UUID.randomUUID(), "text", "x")), 422)
        .body("detail", equalTo("\"message_id\" must be a UUIDv7."));
    problem(send(alice, group, Map.of("id", Ids.uuid7(), "text", " ")), 422);
    problem(as(alice).body("{}").post("/api/conversations/nothing/messages").then(), 422);
    problem(create(alice, Map.of("kind", "castle")), 422);
  }

  @Test
  void whatIsTooLargeIsRefused() {
    UUID group = group();
    problem(
            send(alice, group, Map.of("id", Ids.uuid7(), "text", "x".repeat(TEXT_CHARS_MAX + 1))),
            413)
        .body("code", is("too_large"));
    problem(send(alice, group, Map.of("id", Ids.uuid7(), "text", "x".repeat(100_000))), 413);
    problem(send(alice, group, Map.of("id", Ids.uuid7(), "text", "x".repeat(2_000_000))), 413);
    send(alice, group, Map.of("id", Ids.uuid7(), "text", "x".repeat(TEXT_CHARS_MAX)))
        .statusCode(201)
        .body("seq", is(4));
  }

  @Test
  void actorComesFromTheTokenAndNeverFromTheBody() {
    UUID group = group();
    UUID stranger = people.register("stranger");
    problem(
        send(
            stranger,
            group,
            Map.of("id", Ids.uuid7(), "text", "x", "actor", alice, "conversation", group)),
        404);
  }

  @Test
  void unknownRoutesAndMethodsAreProblemsToo() {
    problem(as(alice).body("{}").post("/api/conversations/x/y/z").then(), 404);
    problem(as(alice).body("{}").put("/api/conversations").then(), 405);
  }

  @Test
  void whoRegisteredAMomentAgoMaySend() {
    UUID channel = Ids.uuid7();
    create(alice, Map.of("conversation", channel, "kind", "channel", "title", "Open"));
    UUID fresh = people.register("fresh");
    as(fresh).put("/api/conversations/" + channel + "/members/" + fresh).then().statusCode(201);
    send(fresh, channel, Map.of("id", Ids.uuid7(), "text", "hello")).statusCode(201);
  }

  private UUID group() {
    UUID group = Ids.uuid7();
    create(
            alice,
            Map.of("conversation", group, "kind", "group", "title", "Us", "members", List.of(bob)))
        .statusCode(201)
        .body("seq", is(1));
    return group;
  }

  private ValidatableResponse create(UUID user, Map<String, Object> body) {
    return as(user).body(body).post("/api/conversations").then();
  }

  private ValidatableResponse send(UUID user, UUID conversation, Map<String, Object> body) {
    return as(user).body(body).post("/api/conversations/" + conversation + "/messages").then();
  }

  private RequestSpecification as(UUID user) {
    return given()
        .contentType(ContentType.JSON)
        .header("authorization", "Bearer " + tokens.of(user));
  }

  private static ValidatableResponse problem(ValidatableResponse response, int status) {
    return response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", is(status));
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    Awaiting.atMost(Duration.ofSeconds(60), condition);
  }
}
